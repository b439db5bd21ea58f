SELECT sum(length(mobile)) FROM contact
