-- Makes everything since begin permanent.
COMMIT
