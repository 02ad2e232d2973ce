-- A line of a finance report: :run, :position, :line, :placement, :budget_pence, :actual_pence, :committed_pence,
-- :outturn_pence, :low_pence, :high_pence, :nights.
INSERT INTO finance_run_line (run, position, line, placement, budget_pence, actual_pence, committed_pence, outturn_pence,
                              low_pence, high_pence, nights)
VALUES (:run, :position, :line, :placement, :budget_pence, :actual_pence, :committed_pence, :outturn_pence, :low_pence,
        :high_pence, :nights)
