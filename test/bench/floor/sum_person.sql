SELECT count(id + id + id + id + id + id + id + id + id + id + id + id + id + id + id + id + id) FROM person
