SELECT sum(length(idno)) FROM contact
