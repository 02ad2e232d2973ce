-- Plan :plan belongs to authority :la.
UPDATE plan SET la = :la WHERE plan = :plan
