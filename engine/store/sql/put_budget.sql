-- A row of a budget: :la, :file, :row, :year, :line, :placement, :budget_pence, :budget_fte, :savings_pence.
INSERT INTO budget (la, file, row, year, line, placement, budget_pence, budget_fte, savings_pence)
VALUES (:la, :file, :row, :year, :line, :placement, :budget_pence, :budget_fte, :savings_pence)
