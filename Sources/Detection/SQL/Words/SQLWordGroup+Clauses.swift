// Words inside a statement that are neither values nor operators.

extension SQLWordGroup {
    static let clauses: [SQLWordGroup] = [
        // What may follow a complete WHERE clause and so ends the condition that a value stands in.
        SQLWordGroup(.group, "GROUP+BY ORDER+BY PARTITION+BY HAVING LIMIT"),

        // What scanners of one family write to leave their name.
        SQLWordGroup(.group, "OWN3D+BY"),

        SQLWordGroup(.collate, "COLLATE"),

        // IN tests membership where a list follows, and stands in IN BOOLEAN MODE.
        SQLWordGroup(.keyword, traits: .membership, "IN NOT+IN"),

        // Where the result goes: to a variable, or to a file of the server (MySQL 13.2.10.1).
        SQLWordGroup(.keyword, traits: .output, "INTO INTO+OUTFILE INTO+DUMPFILE"),

        // The clauses of a query, and its joins (SQL-92 7.4 to 7.9).
        SQLWordGroup(
            .keyword,
            """
            FROM WHERE AS ASC DESC DISTINCT DISTINCTROW TOP VALUES DEFAULT OFFSET FETCH WHEN THEN ELSE
            JOIN INNER INNER+JOIN CROSS+JOIN STRAIGHT_JOIN
            LEFT+JOIN LEFT+OUTER LEFT+OUTER+JOIN RIGHT+JOIN RIGHT+OUTER RIGHT+OUTER+JOIN
            FULL+JOIN FULL+OUTER FULL+OUTER+JOIN
            NATURAL+JOIN NATURAL+INNER NATURAL+OUTER NATURAL+FULL NATURAL+FULL+OUTER+JOIN
            NATURAL+LEFT NATURAL+LEFT+OUTER NATURAL+LEFT+OUTER+JOIN
            NATURAL+RIGHT NATURAL+RIGHT+OUTER+JOIN
            FOR+UPDATE FOR+UPDATE+NOWAIT FOR+UPDATE+OF FOR+UPDATE+WAIT FOR+UPDATE+SKIP
            FOR+UPDATE+SKIP+LOCKED LOCK+IN+SHARE+MODE IN+BOOLEAN+MODE WITH+ROLLUP
            AT+TIME+ZONE NEXT+VALUE+FOR PREVIOUS+VALUE+FOR AGAINST MATCH
            """),

        // Definition, administration and stored programs: MySQL's reserved words (9.3) that open no
        // clause of a query, and those of Transact-SQL, Db2 and SQLite beside them.
        SQLWordGroup(
            .keyword,
            """
            ABORT ACCESSIBLE ALTER ALTER+DOMAIN ALTER+TABLE ANALYZE ASENSITIVE AUTOINCREMENT
            BEFORE BOTH CASCADE CHANGE COLUMN CONDITION CONSTRAINT CONTINUE CURSOR DATABASES
            DELAY DELAYED DESCRIBE DETERMINISTIC EACH ELSEIF ENCLOSED ESCAPED EXIT EXPLAIN FORCE FOREIGN
            FULLTEXT FUNCTION GRANT HIGH_PRIORITY IGNORE INDEX INFILE INOUT INSENSITIVE INTERVAL
            ITERATE KEYS KILL LEADING LEAVE LINEAR LINES LOAD LOCK+TABLE LOCK+TABLES LOOP
            LOW_PRIORITY MASTER_BIND MASTER_SSL_VERIFY_SERVER_CERT MAXVALUE MERGE MODIFIES
            NOTNULL NOWAIT NO_WRITE_TO_BINLOG ONE_SHOT OPEN OPTIMIZE OPTION OPTIONALLY OUTFILE PARTITION
            PRECISION PRIMARY PROCEDURE PURGE RANGE READ READ+WRITE READS READ_WRITE REFERENCES RELEASE
            RENAME REPEAT REPLACE REQUIRE RESIGNAL RESTRICT RETURN REVOKE SCHEMA SCHEMAS SENSITIVE SEPARATOR
            SIGNAL SIMILAR SPATIAL SPECIFIC SQL SQLEXCEPTION SQLSTATE SQLWARNING SQL_BIG_RESULT
            SQL_BUFFER_RESULT SQL_CACHE SQL_CALC_FOUND_ROWS SQL_NO_CACHE SQL_SMALL_RESULT SSL STARTING
            TERMINATED TIME TRIGGER UNDO UNLOCK UNSIGNED USAGE VARYING WAIT ZEROFILL
            """),

        // Units of INTERVAL (MySQL 12.7) that are no functions too.
        SQLWordGroup(
            .keyword,
            """
            DAY_HOUR DAY_MICROSECOND DAY_MINUTE DAY_SECOND HOUR_MICROSECOND HOUR_MINUTE HOUR_SECOND
            MINUTE_MICROSECOND MINUTE_SECOND SECOND_MICROSECOND YEAR_MONTH UTC_DATE UTC_TIME UTC_TIMESTAMP
            """),

        // Catalogue tables that attacks read and honest values do not name.
        SQLWordGroup(.keyword, "ALL_USERS SYSCOLUMNS SYSOBJECTS SYSUSERS XP_EXECRESULTSET COUNT_BIG"),
    ]
}
