/* SPDX-License-Identifier: GPL-3.0-or-later
 * The composition root: error handlers off, the model table to app; nothing else. */
#include <gsl/gsl_errno.h>

#include "app/app.h"
#include "models/models.h"

int main(int argc, char **argv)
{
    gsl_set_error_handler_off();
    return app_run(argc, argv, models_all);
}
