// Words that are values, operators or the names of types.

extension SQLWordGroup {
    static let operators: [SQLWordGroup] = [
        SQLWordGroup(.logic, "AND OR XOR"),
        SQLWordGroup(.operation, traits: .unary, "NOT"),
        SQLWordGroup(.operation, traits: .pattern, "LIKE NOT+LIKE"),
        // Comparisons and arithmetic in words: SQL-92 8, MySQL 12.4, PostgreSQL 9.7, Access (EQV).
        SQLWordGroup(
            .operation,
            """
            IS IS+NOT IS+DISTINCT+FROM IS+NOT+DISTINCT+FROM BETWEEN NOT+BETWEEN
            REGEXP NOT+REGEXP RLIKE NOT+RLIKE SIMILAR+TO NOT+SIMILAR NOT+SIMILAR+TO ILIKE NOT+ILIKE GLOB
            SOUNDS SOUNDS+LIKE DIV MOD EQV UESCAPE
            """),
    ]

    static let values: [SQLWordGroup] = [
        SQLWordGroup(
            .number,
            """
            TRUE FALSE BINARY_DOUBLE_INFINITY BINARY_DOUBLE_NAN BINARY_FLOAT_INFINITY BINARY_FLOAT_NAN
            """),
        SQLWordGroup(.variable, "NULL UNKNOWN"),
        // Special registers of SQL:1999 and Db2.
        SQLWordGroup(
            .variable,
            """
            CURRENT_PATH CURRENT_SERVER CURRENT_TIMEZONE CURRENT+DATE CURRENT+DEGREE CURRENT+FUNCTION
            CURRENT+FUNCTION+PATH CURRENT+PATH CURRENT+SCHEMA CURRENT+SERVER CURRENT+TIME CURRENT+TIMEZONE
            """),
        // Values that may be called like functions.
        SQLWordGroup(
            .variable, traits: .callable,
            "CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER LOCALTIME LOCALTIMESTAMP"),
        // Functions without arguments whose names honest values use as names.
        SQLWordGroup(.bareword, traits: .callable, "USER USER_ID USER_NAME DATABASE PASSWORD"),
    ]

    static let types: [SQLWordGroup] = [
        // Names of types that stand before a literal or behind a cast. Those that MySQL reserves without
        // allowing that use are keywords.
        SQLWordGroup(
            .sqlType,
            """
            BIGINT BIGSERIAL BINARY BOOLEAN BYTEA CHARACTER CHARACTER+VARYING CSTRING DECIMAL DOUBLE
            DOUBLE+PRECISION FLOAT FLOAT4 FLOAT8 INT INT1 INT2 INT3 INT4 INT8 INTEGER MONEY NUMERIC OID REAL
            REGCLASS REGCONFIG REGDICTIONARY REGOPER REGOPERATOR REGPROC REGPROCEDURE REGTYPE
            SERIAL SERIAL2 SERIAL4 SERIAL8 SMALLINT SMALLSERIAL TEXT TIMESTAMP VARCHAR VOID
            ANYARRAY ANYELEMENT ANYNONARRAY
            """),
        SQLWordGroup(
            .keyword,
            """
            BLOB DEC LONGBLOB LONGTEXT MEDIUMBLOB MEDIUMINT MEDIUMTEXT MIDDLEINT TINYBLOB TINYINT TINYTEXT
            VARBINARY VARCHARACTER
            """),
        // Introducers: MySQL's character sets before a literal (10.3.8).
        SQLWordGroup(
            .sqlType,
            """
            _ARMSCII8 _ASCII _BIG5 _BINARY _CP1250 _CP1251 _CP1256 _CP1257 _CP850 _CP852 _CP866 _CP932 _DEC8
            _EUCJPMS _EUCKR _GB18030 _GB2312 _GBK _GEOSTD8 _GREEK _HEBREW _HP8 _KEYBCS2 _KOI8R _KOI8U _LATIN1
            _LATIN2 _LATIN5 _LATIN7 _MACCE _MACROMAN _SJIS _SWE7 _TIS620 _UCS2 _UJIS _UTF16 _UTF16LE _UTF32
            _UTF8 _UTF8MB3 _UTF8MB4
            """),
    ]
}
