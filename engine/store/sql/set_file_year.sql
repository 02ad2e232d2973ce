-- Notes the return year :year of file :file of authority :la.
UPDATE file SET la = :la, year = :year WHERE file = :file
