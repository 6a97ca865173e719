// How rules follow each other, as ModSecurity 2.9.7 does it: observed there for just these rules.

extension ReferenceRow {
    static let flow: [ReferenceRow] = [
        ReferenceRow(
            "item 2: a link is tried once after all values of the one before it",
            rules: [
                #"SecRule ARGS "@rx x" "id:1,phase:2,pass,log,msg:'m %{MATCHED_VAR_NAME}',chain""#,
                #"SecRule REQUEST_METHOD "@streq GET" "setvar:tx.n=+1""#,
                #"SecAction "id:99,phase:5,pass,log,msg:'n=%{tx.n}'""#,
            ],
            target: "/?a=x&b=x&c=x",
            want: [
                "1 m REQUEST_METHOD",
                "99 n=1",
            ]),
        ReferenceRow(
            "item 2: the starter denies once the last link has matched",
            rules: [
                #"SecRule ARGS:a "@streq 1" "id:1,phase:2,deny,status:406,log,"#
                    + #"msg:'%{MATCHED_VAR_NAME}',logdata:'%{MATCHED_VAR}',chain""#,
                #"SecRule ARGS:b "@streq 2" "setvar:tx.x=1""#,
                #"SecAction "id:99,phase:5,pass,log,msg:'%{tx.x}'""#,
            ],
            target: "/?a=1&b=2",
            status: 406,
            want: [
                "1 ARGS:b",
                "99 1",
            ]),
        ReferenceRow(
            "item 2: and not before",
            rules: [
                #"SecRule ARGS:a "@streq 1" "id:1,phase:2,deny,status:406,log,"#
                    + #"msg:'%{MATCHED_VAR_NAME}',chain""#,
                #"SecRule ARGS:b "@streq 3" "setvar:tx.x=1""#,
                #"SecAction "id:99,phase:5,pass,log,msg:'[%{tx.x}]'""#,
            ],
            target: "/?a=1&b=2",
            want: [
                "99 []",
            ]),
        ReferenceRow(
            "item 3: MATCHED_VARS of all links, under their first names",
            rules: [
                #"SecRule ARGS:a|ARGS:b "@rx x" "id:1,phase:2,pass,log,chain,"#
                    + #"msg:'%{MATCHED_VAR_NAME}'""#,
                #"SecRule MATCHED_VARS "@rx y" "chain,setvar:'tx.l=%{tx.l} "#
                    + #"(%{MATCHED_VAR_NAME})(%{MATCHED_VAR})'""#,
                #"SecRule MATCHED_VARS_NAMES "@unconditionalMatch" "setvar:'tx.m=%{tx.m} "#
                    + #"(%{MATCHED_VAR_NAME})(%{MATCHED_VAR})'""#,
                #"SecRule &MATCHED_VARS "@unconditionalMatch" "id:2,phase:2,pass,log,"#
                    + #"msg:'%{MATCHED_VAR}'""#,
                #"SecRule MATCHED_VAR "@unconditionalMatch" "id:3,phase:2,pass,log,"#
                    + #"msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule MATCHED_VAR_NAME "@unconditionalMatch" "id:4,phase:2,pass,log,"#
                    + #"msg:'[%{MATCHED_VAR}]'""#,
                #"SecAction "id:99,phase:5,pass,log,msg:'%{tx.l} | %{tx.m}'""#,
            ],
            target: "/?a=xy&b=xyz&c=1",
            want: [
                "1 ARGS:a",
                "1 ARGS:b",
                "1 ARGS:a",
                "1 ARGS:b",
                "2 0",
                "3 [0]",
                "4 [MATCHED_VAR]",
                "99  (ARGS:a)(xy) (ARGS:b)(xyz) |  (ARGS:a)(ARGS:a) (ARGS:b)(ARGS:b) "
                    + "(ARGS:a)(ARGS:a) (ARGS:b)(ARGS:b)",
            ]),
        ReferenceRow(
            "item 3: MATCHED_VAR outlives its rule; a SecAction matches the client's address",
            rules: [
                #"SecAction "id:1,phase:1,pass,log,msg:'[%{MATCHED_VAR_NAME}]=[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:a "@rx ." "id:2,phase:1,pass,nolog""#,
                #"SecRule MATCHED_VAR "@rx ." "id:3,phase:1,pass,log,"#
                    + #"msg:'%{MATCHED_VAR_NAME}=%{MATCHED_VAR}'""#,
                #"SecRule ARGS:zz "@rx ." "id:4,phase:1,pass,log""#,
                #"SecRule MATCHED_VAR_NAME "@rx ." "id:5,phase:1,pass,log,"#
                    + #"msg:'%{MATCHED_VAR_NAME}=%{MATCHED_VAR}'""#,
                #"SecRule ARGS:a "@rx ." "id:6,phase:1,pass,nolog""#,
                #"SecRule REQUEST_METHOD "@rx ." "id:7,phase:1,pass,log,"#
                    + #"msg:'%{MATCHED_VARS}|%{MATCHED_VAR}'""#,
                #"SecRule MATCHED_VARS "@rx ." "id:8,phase:1,pass,log,"#
                    + #"msg:'%{MATCHED_VAR_NAME}=%{MATCHED_VAR}'""#,
                #"SecRule &MATCHED_VARS "@eq 0" "id:9,phase:1,pass,log,msg:'none'""#,
                #"SecRule ARGS:a "@rx ." "id:10,phase:1,pass,log,chain,msg:'%{MATCHED_VAR_NAME}'""#,
                #"SecRule ARGS:b "@rx nomatch""#,
                #"SecRule MATCHED_VAR "@rx ." "id:11,phase:2,pass,log,"#
                    + #"msg:'%{MATCHED_VAR_NAME}=%{MATCHED_VAR}'""#,
            ],
            target: "/?a=1&b=2",
            want: [
                "1 [REMOTE_ADDR]=[127.0.0.1]",
                "3 MATCHED_VAR=1",
                "5 MATCHED_VAR_NAME=MATCHED_VAR",
                "7 GET|GET",
                "9 none",
                "11 MATCHED_VAR=1",
            ]),
        ReferenceRow(
            "item 3: what a negated operator matched",
            rules: [
                #"SecRule ARGS "!@rx x" "id:1,phase:1,pass,log,"#
                    + #"msg:'%{MATCHED_VAR_NAME}=%{MATCHED_VAR}',chain""#,
                #"SecRule MATCHED_VARS "@rx ." "t:none,setvar:'tx.l=%{tx.l} %{MATCHED_VAR_NAME}'""#,
                #"SecAction "id:99,phase:5,pass,log,msg:'%{tx.l}'""#,
            ],
            target: "/?a=1&b=2x&c=3",
            want: [
                "1 ARGS:a=1",
                "1 ARGS:c=3",
                "99  ARGS:a ARGS:c",
            ]),
        ReferenceRow(
            "item 3: counted and selected MATCHED_VARS",
            rules: [
                #"SecRule ARGS "@rx ." "id:1,phase:1,pass,log,msg:'%{MATCHED_VAR}',chain""#,
                #"SecRule &MATCHED_VARS "@gt 0" "chain""#,
                #"SecRule MATCHED_VARS "@rx ." "chain""#,
                #"SecRule MATCHED_VARS_NAMES:a|MATCHED_VARS:ARGS:a|MATCHED_VARS:/a/ "@rx ." "#
                    + #""setvar:'tx.l=%{tx.l} %{MATCHED_VAR_NAME}=%{MATCHED_VAR}'""#,
                #"SecAction "id:99,phase:5,pass,log,msg:'%{tx.l}'""#,
            ],
            target: "/?a=1&b=2",
            want: [
                "1 1",
                "1 1",
                "1 1",
                "1 2",
                "1 2",
                "1 1",
                "1 2",
                "1 2",
                "99  ARGS:a=1 ARGS:a=1 ARGS:a=1 ARGS:b=2 MATCHED_VARS=2 ARGS:a=1 ARGS:b=2 "
                    + "MATCHED_VARS=2",
            ]),
        ReferenceRow(
            "item 4: multiMatch",
            rules: [
                #"SecRule ARGS:a "@rx ." "id:1,phase:2,pass,log,multiMatch,t:none,t:urlDecode,"#
                    + #"t:lowercase,t:trim,setvar:tx.n=+1,msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:b "@rx ." "id:2,phase:2,pass,log,multiMatch,t:none,t:lowercase,"#
                    + #"setvar:tx.m=+1,msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:a "!@rx ABC" "id:4,phase:2,pass,log,multiMatch,t:none,t:urlDecode,"#
                    + #"t:lowercase,msg:'[%{MATCHED_VAR}]'""#,
                #"SecAction "id:99,phase:5,pass,log,msg:'%{tx.n} %{tx.m}'""#,
            ],
            target: "/?a=%2541BC%20&b=abc",
            want: [
                "1 [%41BC ]",
                "1 [ABC ]",
                "1 [abc ]",
                "1 [abc]",
                "2 [abc]",
                "4 [%41BC ]",
                "4 [abc ]",
                "99 4 1",
            ]),
        ReferenceRow(
            "item 7: a chain is one rule to skip; a marker is one, too",
            rules: [
                #"SecRule ARGS:a "@streq 1" "id:1,phase:2,pass,nolog,skip:1""#,
                #"SecRule ARGS:a "@streq 1" "id:2,phase:2,pass,log,msg:'two',chain""#,
                #"SecRule ARGS:a "@streq 1""#,
                #"SecAction "id:3,phase:2,pass,log,msg:'three'""#,
                #"SecRule ARGS:a "@streq 1" "id:4,phase:2,pass,nolog,skip:2,chain""#,
                #"SecRule ARGS:a "@streq 9""#,
                #"SecAction "id:5,phase:2,pass,log,msg:'five'""#,
                #"SecAction "id:6,phase:2,pass,log,msg:'six',skip:1""#,
                "SecMarker M",
                #"SecAction "id:7,phase:2,pass,log,msg:'seven'""#,
                #"SecAction "id:8,phase:2,pass,log,msg:'eight',skipAfter:7""#,
                #"SecAction "id:9,phase:2,pass,log,msg:'nine'""#,
            ],
            target: "/?a=1",
            want: [
                "3 three",
                "5 five",
                "6 six",
                "8 eight",
            ]),
        ReferenceRow(
            "item 8: allow in phases 3 and 4",
            rules: [
                #"SecAction "id:1,phase:3,allow:phase,log,msg:'allow phase 3'""#,
                #"SecAction "id:2,phase:3,pass,log,msg:'not'""#,
                #"SecAction "id:3,phase:4,allow,log,msg:'allow 4'""#,
                #"SecAction "id:4,phase:4,pass,log,msg:'not 4'""#,
                #"SecAction "id:5,phase:5,pass,log,msg:'five'""#,
            ],
            target: "/",
            want: [
                "1 allow phase 3",
                "3 allow 4",
                "5 five",
            ]),
        ReferenceRow(
            "item 8: phase 5 runs after a denial",
            rules: [
                #"SecAction "id:1,phase:5,pass,log,msg:'five'""#,
                #"SecAction "id:2,phase:5,pass,log,msg:'after'""#,
                #"SecAction "id:3,phase:2,deny,status:404,log,msg:'two'""#,
            ],
            target: "/",
            status: 404,
            want: [
                "3 two",
                "1 five",
                "2 after",
            ]),
        ReferenceRow(
            "item 8: phases in their order, 2 without a word",
            rules: [
                #"SecAction "id:5,phase:5,pass,log,msg:'5'""#,
                #"SecAction "id:4,phase:4,pass,log,msg:'4'""#,
                #"SecAction "id:3,phase:3,pass,log,msg:'3'""#,
                #"SecAction "id:2,phase:2,pass,log,msg:'2'""#,
                #"SecAction "id:1,phase:1,pass,log,msg:'1'""#,
                #"SecAction "id:6,pass,log,msg:'no phase'""#,
            ],
            target: "/",
            want: [
                "1 1",
                "2 2",
                "6 no phase",
                "3 3",
                "4 4",
                "5 5",
            ]),
        ReferenceRow(
            "item 9: DetectionOnly",
            rules: [
                "SecRuleEngine DetectionOnly",
                #"SecRule ARGS:a "@streq 1" "id:1,phase:1,deny,status:403,log,msg:'one'""#,
                #"SecRule ARGS:a "@streq 1" "id:2,phase:1,redirect:http://x/,log,msg:'two'""#,
                #"SecRule ARGS:a "@streq 1" "id:3,phase:2,drop,log,msg:'three'""#,
                #"SecRule ARGS:a "@streq 1" "id:4,phase:2,allow,log,msg:'four'""#,
                #"SecRule ARGS:a "@streq 1" "id:5,phase:2,pass,log,msg:'five'""#,
            ],
            target: "/?a=1",
            want: [
                "1 one",
                "2 two",
                "3 three",
                "4 four",
                "5 five",
            ]),
        ReferenceRow(
            "item 26: a SecAction and a chain are removed",
            rules: [
                #"SecAction "id:1,phase:1,pass,nolog,ctl:ruleRemoveById=2,ctl:ruleRemoveById=4-5""#,
                #"SecAction "id:2,phase:1,pass,log,msg:'two'""#,
                #"SecAction "id:3,phase:1,pass,log,msg:'three'""#,
                #"SecRule ARGS:a "@rx ." "id:4,phase:1,pass,log,msg:'four',chain""#,
                #"SecRule ARGS:a "@rx .""#,
                #"SecRule ARGS:a "@rx ." "id:6,phase:1,pass,log,msg:'six'""#,
            ],
            target: "/?a=1",
            want: [
                "3 three",
                "6 six",
            ]),
        ReferenceRow(
            "item 26: by message and tag",
            rules: [
                #"SecAction "id:1,phase:1,pass,nolog,ctl:ruleRemoveByMsg=^one,"#
                    + #"ctl:ruleRemoveTargetByTag=t;ARGS:a,ctl:ruleRemoveTargetByMsg=^two;ARGS:b""#,
                #"SecRule ARGS "@rx ." "id:2,phase:2,pass,log,msg:'one'""#,
                #"SecRule ARGS "@rx ." "id:3,phase:2,pass,log,msg:'two %{MATCHED_VAR_NAME}',tag:'tt'""#,
                #"SecRule ARGS "@rx ." "id:4,phase:2,pass,log,msg:'three %{MATCHED_VAR_NAME}',"#
                    + #"tag:'x',tag:'ta'""#,
            ],
            target: "/?a=1&b=2",
            want: [
                "4 three ARGS:b",
            ]),
        ReferenceRow(
            "item 28: the last word about the log counts, and the starter's",
            rules: [
                #"SecRule ARGS:a "@streq 1" "id:1,phase:1,pass,nolog,auditlog,msg:'nolog,auditlog'""#,
                #"SecRule ARGS:a "@streq 1" "id:2,phase:1,pass,nolog,log,msg:'nolog,log'""#,
                #"SecRule ARGS:a "@streq 1" "id:3,phase:1,pass,log,nolog,msg:'log,nolog'""#,
                #"SecRule ARGS:a "@streq 1" "id:4,phase:1,pass,noauditlog,msg:'noauditlog'""#,
                #"SecRule ARGS:a "@streq 1" "id:5,phase:1,pass,log,noauditlog,msg:'log,noauditlog'""#,
                #"SecRule ARGS:a "@streq 1" "id:6,phase:1,pass,msg:'default'""#,
                #"SecRule ARGS:a "@streq 1" "id:7,phase:1,pass,nolog,msg:'starter nolog',chain""#,
                #"SecRule ARGS:a "@streq 1" "log""#,
                #"SecRule ARGS:a "@streq 1" "id:8,phase:1,pass,log,msg:'starter log',chain""#,
                #"SecRule ARGS:a "@streq 1" "nolog""#,
            ],
            target: "/?a=1",
            want: [
                "2 nolog,log",
                "4 noauditlog",
                "5 log,noauditlog",
                "6 default",
                "8 starter log",
            ]),
        ReferenceRow(
            "item 29: status without a denial",
            rules: [
                #"SecRule ARGS:a "1" "id:1,phase:1,pass,status:500,log,msg:'x'""#,
            ],
            target: "/?a=1",
            want: [
                "1 x",
            ]),
        ReferenceRow(
            "item 29: deny without status",
            rules: [
                #"SecRule ARGS:a "1" "id:1,phase:1,deny,log,msg:'x'""#,
            ],
            target: "/?a=1",
            status: 403,
            want: [
                "1 x",
            ]),
        ReferenceRow(
            "item 29: redirect with a status",
            rules: [
                #"SecRule ARGS:a "1" "id:1,phase:1,redirect:http://e.example/%{ARGS.a},status:301,"#
                    + #"log,msg:'x'""#,
            ],
            target: "/?a=1",
            status: 301,
            want: [
                "1 x",
            ]),
    ]
}
