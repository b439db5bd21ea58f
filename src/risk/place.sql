-- place: north or south of the Yangtze, town or country, as China-PAR asks

CREATE TABLE china_par_area (
    division cn_division PRIMARY KEY,
    north boolean,
    urban boolean,
    note text,
    CHECK (north IS NOT NULL OR urban IS NOT NULL)
);
GRANT SELECT ON china_par_area TO PUBLIC;
SELECT pg_catalog.pg_extension_config_dump('china_par_area', '');
COMMENT ON TABLE china_par_area IS 'What a site says of its divisions, before what china_par_north and china_par_urban know themselves: empty at first, and dumped by pg_dump. A row counts for all that lies in its division, down to towns and villages, unless a row for a smaller one says otherwise.';
COMMENT ON COLUMN china_par_area.division IS 'province, prefecture, county, town or village, 2 to 12 digits';
COMMENT ON COLUMN china_par_area.north IS 'north of the Yangtze; NULL says nothing of it';
COMMENT ON COLUMN china_par_area.urban IS 'urban; NULL says nothing of it';
COMMENT ON COLUMN china_par_area.note IS 'why, for whoever reads it later';

CREATE FUNCTION china_par_area_rows(OUT division text, OUT north text, OUT note text) RETURNS SETOF record
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 80 AS 'MODULE_PATHNAME', 'hb_china_par_area_table';
COMMENT ON FUNCTION china_par_area_rows() IS 'Returns the divisions whose side of the Yangtze china_par_north knows: those of provinces that lie on one side, and in Hubei, which straddles the river, counties or whole prefectures; a county on both banks counts where the seat of its government is, as its note says.';

CREATE FUNCTION china_par_north(division cn_division) RETURNS boolean
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10000
BEGIN ATOMIC
    -- of the divisions that hold a place the smallest sorts last
    SELECT coalesce(
        (SELECT a.north FROM china_par_area a WHERE a.division @> china_par_north.division AND a.north IS NOT NULL ORDER BY a.division DESC LIMIT 1),
        (SELECT r.north::boolean FROM china_par_area_rows() r WHERE r.division::cn_division @> china_par_north.division ORDER BY r.division COLLATE "C" DESC LIMIT 1));
END;
COMMENT ON FUNCTION china_par_north(cn_division) IS 'Returns whether a division lies north of the Yangtze, for the argument north of china_par: what the table china_par_area says, else what is known (china_par_area_rows). NULL for a division that the river parts, such as Hubei or Yichang as a whole, and for provinces other than Hubei that it crosses (Jiangsu, Anhui, Chongqing, Sichuan, Yunnan, Qinghai, Tibet): add rows to china_par_area. The guideline says no more than that the river is the boundary.';

CREATE FUNCTION china_par_urban(division cn_division) RETURNS boolean
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 100
BEGIN ATOMIC
    SELECT coalesce(
        (SELECT a.urban FROM china_par_area a WHERE a.division @> china_par_urban.division AND a.urban IS NOT NULL ORDER BY a.division DESC LIMIT 1),
        CASE
            WHEN d ~ '^\d{6}0(0[1-9]|[1-9]\d)' THEN true
            WHEN d ~ '^\d\d(?!90)\d\d(0[1-9]|1\d|20)' THEN true
            WHEN d ~ '^\d{4}(?!00)\d\d' THEN false
        END)
    FROM (SELECT china_par_urban.division::text AS d) s;
END;
COMMENT ON FUNCTION china_par_urban(cn_division) IS 'Returns whether a division is urban, for the argument urban of china_par: what the table china_par_area says, else by its code: a district of a city (county part 01 to 20) and a subdistrict (town part 001 to 099) are urban, other counties and county-level cities rural, NULL above the county. Codes are a rough guide: where the statistical urban-rural code of a village is known, add rows to china_par_area.';
