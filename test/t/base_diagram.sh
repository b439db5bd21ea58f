# The entity diagram in doc/ is what the description of the reference schema gives.
. test/common/tap.sh
diagram=$(bash -c 'tools/entity-diagram' 2>&1)
check 'doc/base-schema.svg is current (make docs)' "$(echo "$diagram" | md5sum)" "$(md5sum <doc/base-schema.svg)"
check 'it is well formed' "$(echo "$diagram" | perl -0777 -ne '
	my @open; while (m{<(/?)([a-z]+)(?:"[^"]*"|[^">])*?(/?)>}g) { $3 ? () : $1 ? (pop @open) eq $2 || print "$2 " : push @open, $2 } print @open' 2>&1)" ''
check 'every table is in it' "$(echo "$diagram" | grep -c '<g><title>[a-z]*\.[a-z_]*: ')" "$(psql -X -A -t -c 'SELECT count(*) FROM base_tables()')"
check 'and every column' "$(echo "$diagram" | grep -c '^<g><title>.*</text></g>$')" "$(psql -X -A -t -c 'SELECT count(*) FROM base_columns()')"
dropdb hbhealth_diagram
echo "1..$count"
