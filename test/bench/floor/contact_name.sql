SELECT sum(length(name)) FROM contact
