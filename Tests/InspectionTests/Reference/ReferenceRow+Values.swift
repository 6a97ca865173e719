// What rules see and how operators compare, as in ModSecurity 2.9.7: observed there for just these rules.

extension ReferenceRow {
    static let values: [ReferenceRow] = [
        ReferenceRow(
            "item 10: transformations in their order",
            rules: [
                #"SecRule ARGS:a "@rx ^<script>$" "id:1,phase:2,pass,log,t:none,t:utf8toUnicode,"#
                    + #"t:urlDecodeUni,msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:a "@rx script" "id:2,phase:2,pass,log,t:none,t:urlDecodeUni,"#
                    + #"t:utf8toUnicode,msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:b "@rx ." "id:3,phase:2,pass,log,t:none,t:base64Decode,"#
                    + #"t:urlDecodeUni,msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:b "@rx ." "id:4,phase:2,pass,log,t:none,t:urlDecodeUni,"#
                    + #"t:base64Decode,msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:c "@rx ." "id:5,phase:2,pass,log,t:none,t:lowercase,t:none,"#
                    + #"t:length,msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:c "@rx ." "id:6,phase:2,pass,log,t:none,t:sha1,t:hexEncode,"#
                    + #"msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:c "@rx ." "id:7,phase:2,pass,log,t:none,t:md5,t:hexEncode,"#
                    + #"msg:'[%{MATCHED_VAR}]'""#,
            ],
            target: "/?a=%EF%BC%9Cscript%EF%BC%9E&b=JTQx&c=ABC",
            want: [
                "1 [<script>]",
                "2 [%uff1cscript%uff1e]",
                "3 [A]",
                "4 [%41]",
                "5 [3]",
                "6 [3c01bdbb26f358bab27f267924aa2c9a03fcfdb8]",
                "7 [902fbdd2b1df0c4f70b4a5d23525e932]",
            ]),
        ReferenceRow(
            "item 11: a macro in a pattern stands for its text",
            rules: [
                #"SecAction "id:1,phase:1,pass,nolog,setvar:'tx.p=a.c',setvar:tx.q=abc""#,
                #"SecRule ARGS:a "@rx ^%{tx.p}$" "id:2,phase:2,pass,log,msg:'dot literal'""#,
                #"SecRule ARGS:b "@rx ^%{tx.p}$" "id:3,phase:2,pass,log,msg:'dot any'""#,
                #"SecRule ARGS:b "@rx ^%{tx.q}$" "id:4,phase:2,pass,log,msg:'whole pattern'""#,
                #"SecRule ARGS:b "@rx %{tx.q}" "id:5,phase:2,pass,log,msg:'only macro'""#,
                #"SecRule ARGS:b "@rx x%{tx.nope}|abc" "id:6,phase:2,pass,log,msg:'absent'""#,
                #"SecRule ARGS:d "@rx x%{tx.q}y" "id:7,phase:2,pass,log,msg:'in text'""#,
            ],
            target: "/?a=a.c&b=abc&d=xabcy",
            want: [
                "2 dot literal",
                "4 whole pattern",
                "5 only macro",
                "6 absent",
                "7 in text",
            ]),
        ReferenceRow(
            "item 12: captures",
            rules: [
                #"SecRule ARGS:a "!@rx (z)" "id:1,phase:1,pass,capture,log,msg:'neg [%{tx.0}]'""#,
                #"SecRule ARGS:a "@contains ell" "id:3,phase:1,pass,capture,log,msg:'contains "#
                    + #"[%{tx.0}]'""#,
                #"SecRule ARGS:a "@streq helloworldx" "id:4,phase:1,pass,capture,log,msg:'streq "#
                    + #"[%{tx.0}]'""#,
                #"SecRule ARGS:b "@within q b r" "id:5,phase:1,pass,capture,log,msg:'within "#
                    + #"[%{tx.0}]'""#,
                #"SecRule ARGS:a "@rx (o)" "id:6,phase:1,pass,capture,log,msg:'[%{tx.0}]',chain""#,
                #"SecRule TX:1 "@streq o" "t:none,chain""#,
                #"SecRule TX:0 "@streq o" "t:none""#,
                #"SecRule ARGS "@rx ^(.)" "id:7,phase:1,pass,capture,log,msg:'%{tx.1}',"#
                    + #"setvar:'tx.l=%{tx.l}%{tx.1}'""#,
                #"SecAction "id:99,phase:5,pass,log,msg:'%{tx.l}'""#,
            ],
            target: "/?a=helloworldx&b=b",
            want: [
                "1 neg []",
                "3 contains []",
                "4 streq []",
                "5 within []",
                "6 [o]",
                "7 h",
                "7 b",
                "99 hb",
            ]),
        ReferenceRow(
            "item 13: numbers",
            rules: [
                #"SecRule ARGS:a "@eq 5" "id:1,phase:1,pass,log,msg:'lead'""#,
                #"SecRule ARGS:b "@eq 0" "id:2,phase:1,pass,log,msg:'text is 0'""#,
                #"SecRule ARGS:c "@gt -2" "id:3,phase:1,pass,log,msg:'negative'""#,
                #"SecRule ARGS:d "@eq 5" "id:4,phase:1,pass,log,msg:'blanks'""#,
                #"SecRule ARGS:e "@eq 5" "id:5,phase:1,pass,log,msg:'plus'""#,
                #"SecRule ARGS:g "@eq 16" "id:7,phase:1,pass,log,msg:'hex'""#,
                #"SecRule ARGS:a "@eq %{tx.nope}" "id:8,phase:1,pass,log,msg:'absent'""#,
                #"SecRule ARGS:h "@eq %{tx.nope}" "id:9,phase:1,pass,log,msg:'empty eq absent'""#,
                #"SecRule ARGS:a "@ge 5.9" "id:10,phase:1,pass,log,msg:'fraction'""#,
            ],
            target: "/?a=5x&b=abc&c=-1&d=+5&e=%2B5&f=999999999999&g=0x10&h=",
            want: [
                "1 lead",
                "2 text is 0",
                "3 negative",
                "4 blanks",
                "5 plus",
                "9 empty eq absent",
                "10 fraction",
            ]),
        ReferenceRow(
            "item 13: setvar",
            rules: [
                #"SecAction "id:1,phase:1,pass,nolog,setvar:tx.a,setvar:tx.b=5,setvar:tx.b=+3,"#
                    + "setvar:tx.c=5,setvar:tx.c=-8,setvar:'tx.d=x y, z',setvar:tx.e=abc,"
                    + "setvar:tx.e=+2,setvar:tx.f=1,setvar:!tx.f,setvar:tx.g=+%{tx.b},"
                    + "setvar:tx.h_%{tx.b}=q,setvar:tx.i=,setvar:tx.j=%{tx.b}%{tx.b},setvar:tx.k=-3,"
                    + #"setvar:tx.l=7x,setvar:tx.l=+1,setvar:tx.m==5""#,
                #"SecRule &TX:f "@unconditionalMatch" "id:2,phase:1,pass,log,msg:'f %{MATCHED_VAR}'""#,
                #"SecRule TX:/./ "@unconditionalMatch" "id:3,phase:1,pass,log,"#
                    + #"msg:'%{MATCHED_VAR_NAME}=[%{MATCHED_VAR}]'""#,
            ],
            target: "/",
            want: [
                "2 f 0",
                "3 TX:a=[1]",
                "3 TX:b=[8]",
                "3 TX:c=[0]",
                "3 TX:d=[x y, z]",
                "3 TX:e=[2]",
                "3 TX:g=[8]",
                "3 TX:h_8=[q]",
                "3 TX:i=[]",
                "3 TX:j=[88]",
                "3 TX:k=[0]",
                "3 TX:l=[8]",
                "3 TX:m=[=5]",
            ]),
        ReferenceRow(
            "item 14: comparisons of texts",
            rules: [
                #"SecAction "id:1,phase:1,pass,nolog,setvar:'tx.l=|GET| |POST|'""#,
                #"SecRule REQUEST_METHOD "@within GET POST" "id:2,phase:1,pass,log,msg:'within'""#,
                #"SecRule REQUEST_METHOD "@within get post" "id:3,phase:1,pass,log,msg:'case'""#,
                #"SecRule ARGS:e "@within abc" "id:4,phase:1,pass,log,msg:'empty'""#,
                #"SecRule ARGS:e "@within" "id:5,phase:1,pass,log,msg:'empty in empty'""#,
                #"SecRule REQUEST_METHOD "@within %{tx.l}" "id:6,phase:1,pass,log,msg:'macro'""#,
                #"SecRule ARGS:e "@contains" "id:7,phase:1,pass,log,msg:'contains empty'""#,
                #"SecRule ARGS:a "@contains " "id:8,phase:1,pass,log,msg:'contains nothing'""#,
                #"SecRule ARGS:e "@streq" "id:9,phase:1,pass,log,msg:'streq empty'""#,
                #"SecRule ARGS:a "@beginsWith" "id:10,phase:1,pass,log,msg:'begins'""#,
                #"SecRule ARGS:a "@containsWord b" "id:11,phase:1,pass,log,msg:'word'""#,
                #"SecRule ARGS:a "@strmatch b c" "id:12,phase:1,pass,log,msg:'strmatch'""#,
            ],
            target: "/?e=&a=a+b+c",
            want: [
                "2 within",
                "4 empty",
                "5 empty in empty",
                "6 macro",
                "7 contains empty",
                "8 contains nothing",
                "9 streq empty",
                "10 begins",
                "11 word",
                "12 strmatch",
            ]),
        ReferenceRow(
            "items 16 and 18: negated operators, addresses",
            rules: [
                #"SecRule ARGS:a "!@streq 2" "id:1,phase:1,pass,log,msg:'1'""#,
                #"SecRule ARGS:a "!@eq 2" "id:2,phase:1,pass,log,msg:'2'""#,
                #"SecRule ARGS "!@rx ^\d$" "id:3,phase:1,pass,log,msg:'%{MATCHED_VAR_NAME}'""#,
                #"SecRule ARGS "!@unconditionalMatch" "id:4,phase:1,pass,log,msg:'4'""#,
                #"SecRule &ARGS:x "!@eq 0" "id:5,phase:1,pass,log,msg:'5'""#,
                #"SecRule ARGS:a "@ipMatch 1.2.3.4" "id:6,phase:1,pass,log,msg:'6'""#,
                #"SecRule ARGS:ip "!@ipMatch 1.2.3.0/24,::1" "id:7,phase:1,pass,log,msg:'7'""#,
                #"SecRule ARGS:ip "@ipMatch 1.2.3.0/24,::1" "id:8,phase:1,pass,log,msg:'8'""#,
            ],
            target: "/?a=1&b=x&ip=1.2.3.9",
            want: [
                "1 1",
                "2 2",
                "3 ARGS:b",
                "3 ARGS:ip",
                "8 8",
            ]),
        ReferenceRow(
            "item 17: transformations on odd input",
            rules: [
                #"SecRule ARGS:a "@unconditionalMatch" "id:1,phase:1,pass,log,t:none,"#
                    + #"t:htmlEntityDecode,msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:b "@unconditionalMatch" "id:2,phase:1,pass,log,t:none,t:jsDecode,"#
                    + #"msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:c "@unconditionalMatch" "id:3,phase:1,pass,log,t:none,t:cssDecode,"#
                    + #"msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:d "@unconditionalMatch" "id:4,phase:1,pass,log,t:none,t:cmdLine,"#
                    + #"msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:e "@unconditionalMatch" "id:5,phase:1,pass,log,t:none,"#
                    + #"t:normalizePath,msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:f "@unconditionalMatch" "id:6,phase:1,pass,log,t:none,"#
                    + #"t:normalizePathWin,msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:g "@unconditionalMatch" "id:7,phase:1,pass,log,t:none,"#
                    + #"t:replaceComments,msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:h "@unconditionalMatch" "id:8,phase:1,pass,log,t:none,"#
                    + #"t:removeComments,msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:i "@unconditionalMatch" "id:9,phase:1,pass,log,t:none,"#
                    + #"t:base64Decode,msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:i "@unconditionalMatch" "id:10,phase:1,pass,log,t:none,"#
                    + #"t:base64DecodeExt,msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:j "@unconditionalMatch" "id:11,phase:1,pass,log,t:none,"#
                    + #"t:escapeSeqDecode,msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:k "@unconditionalMatch" "id:12,phase:1,pass,log,t:none,"#
                    + #"t:urlDecodeUni,msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:k "@unconditionalMatch" "id:13,phase:1,pass,log,t:none,t:urlDecode,"#
                    + #"msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:l "@unconditionalMatch" "id:14,phase:1,pass,log,t:none,"#
                    + #"t:utf8toUnicode,msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:m "@unconditionalMatch" "id:15,phase:1,pass,log,t:none,"#
                    + #"t:compressWhitespace,msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:m "@unconditionalMatch" "id:16,phase:1,pass,log,t:none,"#
                    + #"t:removeWhitespace,msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:n "@unconditionalMatch" "id:17,phase:1,pass,log,t:none,"#
                    + #"t:sqlHexDecode,msg:'[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS:n "@unconditionalMatch" "id:18,phase:1,pass,log,t:none,"#
                    + #"t:removeCommentsChar,msg:'[%{MATCHED_VAR}]'""#,
            ],
            target: "/?a=%26lt;%26%23x41%26%2365;%26%23x;%26amp%26nbsp;%26quot;%26foo;%26%23999999;&b=%5C"
                + "x41%5Cu0041%5C101%5Cq%5Cn%5Cxzz%5C8&c=%5C41%5C000041%5Cq%5C%0ax%5C110000z&d=C%5E:%5C"
                + "%5CWin%22d%22ows,;%20%20%2Fx%20(y&e=/a/./b/../c//d/..&f=%5Ca%5C..%5Cb%5C%5Cc%2F..&g="
                + "a%2F*b*%2Fc%2F*d&h=a%2F*b*%2Fc--d%23e%3C!--x--%3Ey&i=YWJj%20ZGVm!Zz%3D%3D&j=%5Ca%5Cx"
                + "41%5C101%5C%22%5Cq%5C0&k=%25u0041%25uff1c%2541%25zz%252B+%25u00&l=%C3%A9%E2%82%AC%F0"
                + "%9F%98%80%FFx&m=%20a%09%0a%0b%A0%20b%C2%A0c%20&n=0x414243%2D%2D0x4z%23%2A/",
            want: [
                #"1 [<AA&#x;&\xa0\"&foo;?]"#,
                #"2 [AAAq\x0axzz8]"#,
                #"3 [AAqx\x00z]"#,
                "4 [c:windows/x(y]",
                "5 [/a/c]",
                "6 [/b]",
                "7 [a c ]",
                "8 [ac]",
                "9 [abc]",
                "10 [abcdefg]",
                #"11 [\x07AA\"q\x00]"#,
                "12 [A<A%zz+ %u00]",
                "13 [%u0041%uff1cA%zz+ %u00]",
                #"14 [%u00e9%u20ac%u1f600\xffx]"#,
                #"15 [ a b\xc2 c ]"#,
                #"16 [ab\xc2c]"#,
                "17 [ABC--0x4z#*/]",
                "18 [0x4142430x4z]",
            ]),
        ReferenceRow(
            "item 19: selectors and names of fields",
            rules: [
                #"SecRule REQUEST_HEADERS:/^x-/|!REQUEST_HEADERS:X-B "@unconditionalMatch" "id:1,"#
                    + #"phase:1,pass,log,msg:'%{MATCHED_VAR_NAME}=[%{MATCHED_VAR}]'""#,
                #"SecRule &REQUEST_HEADERS:/^x-/ "@unconditionalMatch" "id:2,phase:1,pass,log,"#
                    + #"msg:'%{MATCHED_VAR_NAME}=[%{MATCHED_VAR}]'""#,
                #"SecRule REQUEST_HEADERS_NAMES:/^X-/ "@unconditionalMatch" "id:3,phase:1,pass,"#
                    + #"log,msg:'%{MATCHED_VAR_NAME}=[%{MATCHED_VAR}]'""#,
                #"SecRule REQUEST_HEADERS:X-Empty "@rx ^$" "id:4,phase:1,pass,log,msg:'empty'""#,
            ],
            target: "/",
            fields: [("X-A", "1"), ("x-b", "2"), ("X-Empty", ""), ("X-T", "v v")],
            want: [
                "1 REQUEST_HEADERS:X-A=[1]",
                "1 REQUEST_HEADERS:X-Empty=[]",
                "1 REQUEST_HEADERS:X-T=[v v]",
                "2 REQUEST_HEADERS=[4]",
                "3 REQUEST_HEADERS_NAMES:X-A=[X-A]",
                "3 REQUEST_HEADERS_NAMES:x-b=[x-b]",
                "3 REQUEST_HEADERS_NAMES:X-Empty=[X-Empty]",
                "3 REQUEST_HEADERS_NAMES:X-T=[X-T]",
                "4 empty",
            ]),
        ReferenceRow(
            "item 22: cookies",
            rules: [
                #"SecRule REQUEST_COOKIES "@unconditionalMatch" "id:1,phase:1,pass,log,"#
                    + #"msg:'%{MATCHED_VAR_NAME}=[%{MATCHED_VAR}]'""#,
            ],
            target: "/",
            fields: [("Cookie", "a; ;b=;=c;  d = \"e;f\" ; $Version=1; g=%20; h=1=2;;")],
            want: [
                "1 REQUEST_COOKIES:a=[]",
                "1 REQUEST_COOKIES:b=[]",
                #"1 REQUEST_COOKIES:d =[ \"e]"#,
                #"1 REQUEST_COOKIES:f\" =[]"#,
                "1 REQUEST_COOKIES:$Version=[1]",
                "1 REQUEST_COOKIES:g=[%20]",
                "1 REQUEST_COOKIES:h=[1=2]",
            ]),
        ReferenceRow(
            "item 23: arguments of query and body, and their size",
            rules: [
                #"SecRule ARGS_GET "@unconditionalMatch" "id:1,phase:2,pass,log,"#
                    + #"msg:'%{MATCHED_VAR_NAME}=%{MATCHED_VAR}'""#,
                #"SecRule ARGS_POST "@unconditionalMatch" "id:2,phase:2,pass,log,"#
                    + #"msg:'%{MATCHED_VAR_NAME}=%{MATCHED_VAR}'""#,
                #"SecRule ARGS "@unconditionalMatch" "id:3,phase:2,pass,log,"#
                    + #"msg:'%{MATCHED_VAR_NAME}=%{MATCHED_VAR}'""#,
                #"SecRule ARGS_NAMES|ARGS_GET_NAMES|ARGS_POST_NAMES "@unconditionalMatch" "id:4,"#
                    + #"phase:2,pass,log,msg:'%{MATCHED_VAR_NAME}=%{MATCHED_VAR}'""#,
                #"SecRule ARGS_COMBINED_SIZE "@unconditionalMatch" "id:5,phase:2,pass,log,"#
                    + #"msg:'%{MATCHED_VAR_NAME}=%{MATCHED_VAR}'""#,
                #"SecRule ARGS_COMBINED_SIZE "@unconditionalMatch" "id:6,phase:1,pass,log,"#
                    + #"msg:'%{MATCHED_VAR_NAME}=%{MATCHED_VAR}'""#,
                #"SecRule &ARGS|&ARGS_GET|&ARGS_POST|&ARGS_NAMES "@unconditionalMatch" "id:7,"#
                    + #"phase:2,pass,log,msg:'%{MATCHED_VAR_NAME}=%{MATCHED_VAR}'""#,
            ],
            method: "POST",
            target: "/?a=1&q=x%20y",
            fields: [("Content-Type", "application/x-www-form-urlencoded")],
            body: "a=2&B=%41b&c",
            want: [
                "6 ARGS_COMBINED_SIZE=6",
                "1 ARGS_GET:a=1",
                "1 ARGS_GET:q=x y",
                "2 ARGS_POST:a=2",
                "2 ARGS_POST:B=Ab",
                "2 ARGS_POST:c=",
                "3 ARGS:a=1",
                "3 ARGS:q=x y",
                "3 ARGS:a=2",
                "3 ARGS:B=Ab",
                "3 ARGS:c=",
                "4 ARGS_NAMES:a=a",
                "4 ARGS_NAMES:q=q",
                "4 ARGS_NAMES:a=a",
                "4 ARGS_NAMES:B=B",
                "4 ARGS_NAMES:c=c",
                "4 ARGS_GET_NAMES:a=a",
                "4 ARGS_GET_NAMES:q=q",
                "4 ARGS_POST_NAMES:a=a",
                "4 ARGS_POST_NAMES:B=B",
                "4 ARGS_POST_NAMES:c=c",
                "5 ARGS_COMBINED_SIZE=12",
                "7 ARGS=5",
                "7 ARGS_GET=2",
                "7 ARGS_POST=3",
                "7 ARGS_NAMES=5",
            ]),
        ReferenceRow(
            "section 3: forms",
            rules: [
                #"SecRule ARGS "@unconditionalMatch" "id:1,phase:2,pass,log,"#
                    + #"msg:'%{MATCHED_VAR_NAME}=[%{MATCHED_VAR}]'""#,
                #"SecAction "id:2,phase:2,pass,log,msg:'err=%{REQBODY_ERROR} ue=%{URLENCODED_ERROR}'""#,
            ],
            method: "POST",
            target: "/",
            fields: [("Content-Type", "application/x-www-form-urlencoded")],
            body: "a=%u0041&b=%zz&%63=1&d=%&e=%4&=x&&f=1=2&g=+&h=a%00b",
            want: [
                "1 ARGS:a=[%u0041]",
                "1 ARGS:b=[%zz]",
                "1 ARGS:c=[1]",
                "1 ARGS:d=[%]",
                "1 ARGS:e=[%4]",
                "1 ARGS:=[x]",
                "1 ARGS:=[]",
                "1 ARGS:f=[1=2]",
                "1 ARGS:g=[ ]",
                #"1 ARGS:h=[a\x00b]"#,
                "2 err=0 ue=1",
            ]),
        ReferenceRow(
            "section 3: a body that is not read",
            rules: [
                #"SecAction "id:1,phase:1,pass,nolog,ctl:requestBodyAccess=Off""#,
                #"SecRule ARGS "@unconditionalMatch" "id:2,phase:2,pass,log,msg:'%{MATCHED_VAR_NAME}'""#,
                #"SecAction "id:3,phase:2,pass,log,msg:'%{REQUEST_BODY_LENGTH} [%{REQUEST_BODY}]'""#,
            ],
            method: "POST",
            target: "/",
            fields: [("Content-Type", "application/x-www-form-urlencoded")],
            body: "a=1",
            want: [
                "3 0 []",
            ]),
        ReferenceRow(
            "section 3: REQUEST_BODY on demand",
            rules: [
                #"SecAction "id:1,phase:1,pass,nolog,ctl:forceRequestBodyVariable=On""#,
                #"SecRule REQUEST_BODY "@unconditionalMatch" "id:3,phase:2,pass,log,"#
                    + #"msg:'%{REQUEST_BODY_LENGTH} [%{MATCHED_VAR}] [%{REQBODY_PROCESSOR}]'""#,
            ],
            method: "POST",
            target: "/",
            fields: [("Content-Type", "text/plain")],
            body: "a=1",
            want: [
                "3 3 [a=1] []",
            ]),
        ReferenceRow(
            "section 3: files",
            rules: [
                #"SecRule FILES "@unconditionalMatch" "id:1,phase:2,pass,log,"#
                    + #"msg:'%{MATCHED_VAR_NAME}=[%{MATCHED_VAR}]'""#,
                #"SecRule FILES_NAMES "@unconditionalMatch" "id:2,phase:2,pass,log,"#
                    + #"msg:'%{MATCHED_VAR_NAME}=[%{MATCHED_VAR}]'""#,
                #"SecRule FILES_SIZES "@unconditionalMatch" "id:3,phase:2,pass,log,"#
                    + #"msg:'%{MATCHED_VAR_NAME}=[%{MATCHED_VAR}]'""#,
                #"SecRule FILES_COMBINED_SIZE "@unconditionalMatch" "id:4,phase:2,pass,log,"#
                    + #"msg:'%{MATCHED_VAR_NAME}=[%{MATCHED_VAR}]'""#,
                #"SecRule MULTIPART_PART_HEADERS "@unconditionalMatch" "id:5,phase:2,pass,log,"#
                    + #"msg:'%{MATCHED_VAR_NAME}=[%{MATCHED_VAR}]'""#,
                #"SecRule ARGS "@unconditionalMatch" "id:6,phase:2,pass,log,"#
                    + #"msg:'%{MATCHED_VAR_NAME}=[%{MATCHED_VAR}]'""#,
                #"SecRule MULTIPART_NAME|MULTIPART_FILENAME "@unconditionalMatch" "id:7,phase:2,"#
                    + #"pass,log,msg:'%{MATCHED_VAR_NAME}=[%{MATCHED_VAR}]'""#,
                #"SecRule &FILES "@unconditionalMatch" "id:9,phase:2,pass,log,"#
                    + #"msg:'%{MATCHED_VAR_NAME}=[%{MATCHED_VAR}]'""#,
            ],
            method: "POST",
            target: "/",
            fields: [("Content-Type", "multipart/form-data; boundary=BB")],
            body: "--BB\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\nContent-Ty"
                + "pe: text/plain\r\n\r\nhello\r\n--BB\r\nContent-Disposition: form-data; name=\"f\"; f"
                + "ilename=\"b.txt\"\r\n\r\nhi\r\n--BB\r\nContent-Disposition: form-data; name=\"t\"\r\n"
                + "\r\nval%20\r\n--BB--\r\n",
            want: [
                "1 FILES:f=[a.txt]",
                "1 FILES:f=[b.txt]",
                "2 FILES_NAMES:f=[f]",
                "2 FILES_NAMES:f=[f]",
                "3 FILES_SIZES:f=[5]",
                "3 FILES_SIZES:f=[2]",
                "4 FILES_COMBINED_SIZE=[7]",
                #"5 MULTIPART_PART_HEADERS:f=[Content-Disposition: form-data; name=\"f\"; "#
                    + #"filename=\"a.txt\"]"#,
                "5 MULTIPART_PART_HEADERS:f=[Content-Type: text/plain]",
                #"5 MULTIPART_PART_HEADERS:f=[Content-Disposition: form-data; name=\"f\"; "#
                    + #"filename=\"b.txt\"]"#,
                #"5 MULTIPART_PART_HEADERS:t=[Content-Disposition: form-data; name=\"t\"]"#,
                "6 ARGS:t=[val%20]",
                "7 MULTIPART_NAME=[t]",
                "7 MULTIPART_FILENAME=[b.txt]",
                "9 FILES=[2]",
            ]),
    ]
}
