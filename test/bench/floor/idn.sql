SELECT count(idn) FROM person
