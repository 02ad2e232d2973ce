-- Notes what file :file turned out to be: :kind, authority :la (NULL when not of a return).
UPDATE file SET kind = :kind, la = :la WHERE file = :file
