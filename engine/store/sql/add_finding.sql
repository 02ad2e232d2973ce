-- Stores a finding; parameters named as the columns.
INSERT INTO finding (la, stage, rule, severity, outcome, rows, file, table_name, line, child, column_name, value,
                     message, repair)
VALUES (:la, :stage, :rule, :severity, :outcome, :rows, :file, :table_name, :line, :child, :column_name, :value,
        :message, :repair)
