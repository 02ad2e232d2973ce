-- A row of a ledger: :la, :file, :row, :date, :line, :placement, :actual_pence.
INSERT INTO ledger (la, file, row, date, line, placement, actual_pence)
VALUES (:la, :file, :row, :date, :line, :placement, :actual_pence)
