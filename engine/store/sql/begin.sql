-- Takes the right to write at once, so that two imports wait for each other instead of blocking half-way.
BEGIN IMMEDIATE
