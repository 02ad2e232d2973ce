/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/statistics.h: whether a suite runs its tests of statistics that take thousands of futures. Under the
 * address sanitiser each takes four to twenty seconds, and what it looks for are faults of memory, which
 * other tests of the same code reach. */
#ifndef TURNCURVE_TESTS_STATISTICS_H
#define TURNCURVE_TESTS_STATISTICS_H

#ifdef __SANITIZE_ADDRESS__
enum { STATISTICS_ARE_RUN = 0 };
#else
enum { STATISTICS_ARE_RUN = 1 };
#endif

#endif
