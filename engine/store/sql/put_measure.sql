-- A row of measures: :la, :file, :row, :measure, :locality, :period_start, :period_end, :numerator, :denominator, :value,
-- :target, :polarity, :question.
INSERT INTO measure (la, file, row, measure, locality, period_start, period_end, numerator, denominator, value, target,
                     polarity, question)
VALUES (:la, :file, :row, :measure, :locality, :period_start, :period_end, :numerator, :denominator, :value, :target,
        :polarity, :question)
