// Words that open a query, a data change or a procedural statement.

extension SQLWordGroup {
    static let statements: [SQLWordGroup] = [
        // A query, or an expression that can hold one. MySQL's modifiers belong to INSERT (13.2.6); SET
        // stands both in UPDATE and by itself; EXECUTE AS switches the user in SQL Server; RAISEERROR
        // evaluates its argument.
        SQLWordGroup(
            .expression,
            """
            SELECT SELECT+ALL SELECT+DISTINCT INSERT INSERT+DELAYED INSERT+IGNORE
            INSERT+HIGH_PRIORITY INSERT+LOW_PRIORITY UPDATE SET CASE CREATE
            EXECUTE+AS EXECUTE+AS+LOGIN RAISEERROR
            WAITFOR+DELAY WAITFOR+TIME WAITFOR+RECEIVE
            """),

        // Set operators. UNI_ON is what filters that replace the word leave behind.
        SQLWordGroup(
            .union,
            """
            UNION UNION+ALL UNION+DISTINCT UNION+ALL+DISTINCT UNION+DISTINCT+ALL
            EXCEPT EXCEPT+ALL INTERSECT INTERSECT+ALL UNI_ON
            """),

        // What a stacked query begins with, and the control flow of Transact-SQL, PL/SQL and MySQL's
        // stored programs.
        SQLWordGroup(
            .procedural,
            """
            BEGIN BEGIN+DECLARE BEGIN+GOTO BEGIN+TRY BEGIN+TRY+DECLARE TRY DECLARE
            CALL EXEC EXECUTE GO GOTO HANDLER PRINT USE WHILE SHUTDOWN
            DELETE DROP CREATE+OR+REPLACE LOAD+DATA LOAD+XML
            INSERT+INTO INSERT+DELAYED+INTO INSERT+IGNORE+INTO
            INSERT+HIGH_PRIORITY+INTO INSERT+LOW_PRIORITY+INTO
            """),
    ]
}
