-- Notes the return year :year of file :file.
UPDATE file SET year = :year WHERE file = :file
