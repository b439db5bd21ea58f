SELECT sum(length(address)) FROM contact
