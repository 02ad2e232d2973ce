/* SPDX-License-Identifier: GPL-3.0-or-later
 * models/holt.h: Holt's linear trend, damped or not.
 *
 * Ownership: nothing is allocated.
 *
 * level(t) = a y(t) + (1 - a)(level + phi trend), trend(t) = b (level(t) - level(t-1)) + (1 - b) phi trend
 * (Holt 1957; Gardner and McKenzie 1985, Management Science 31:1237). */
#ifndef TURNCURVE_MODELS_HOLT_H
#define TURNCURVE_MODELS_HOLT_H

#include <stdint.h>

struct holt {
    double level_weight, trend_weight, damping; /* a, b, phi; 1 is no damping */
    double level, trend;                        /* after the last value */
    double error_variance; /* mean squared error one step ahead; 0 with fewer than 3 values */
};

/* Smooths n >= 1 values. The first level is y[first], the first trend y[1] - y[0]; values from first + 1 on
 * are learned from. first 1 is the start of R's HoltWinters, first 0 that of damped versions. */
struct holt holt_smooth(const double y[], int32_t n, double level_weight, double trend_weight, double damping,
                        int32_t first);
/* The forecast `steps` ahead, not necessarily whole: between steps it is a line. */
double holt_forecast(const struct holt *holt, double steps);
/* Variance of the forecast error `steps` ahead (Hyndman and others 2008, class 1), the same way. */
double holt_variance(const struct holt *holt, double steps);

#endif
