SELECT count(code) FROM dx
