// Which shapes change the statement that they are put into.
//
// A value that stays a value is a literal, a name or a call. The rules name what goes further: a second
// query, a second condition, the end of the condition, a comment that cuts off the rest, a stacked
// statement, and queries and calls where text was asked for. Lists, arithmetic and signs are gone by
// then, so that few tokens tell much. Where names alone could be prose, the rule waits for the token
// after them.

/// The rules, by what the attacker does. ``SQLShapeRule`` explains the letters.
enum SQLShapeRules {
    static let all: [String] = [
        evil, setOperators, conditions, closedParentheses, tuples, stackedStatements, groupings,
        cutOffs,
        queriesAfterValues, callsAfterValues, keywordsAfterValues, juxtaposedValues, operators,
        procedures, collations, queries, calls, innerFragments,
    ]

    /// Nested and conditional comments are written by attackers only.
    static let evil = "X"

    /// UNION joins a query of the attacker's to the statement's own. Alone behind a number it is one half
    /// of an attack that is split over two parameters; behind a name it is the name of a trade union.
    static let setOperators = """
        VUE VU([1nsv][)o] VU(E[(1fknsvo] VU(f( VU[1sv][,co] VU[;c] VUf( VUk[E(] VUo(E VUon[(1fs]
        VUTn [1v]U[$] [fno1]UE )UE UE[1sv] UEn[),;co] UEnk[(1fnsv] UE([1nsv][),o] UE(f( UEf(
        UEk([1nsvf] UEk[1sv] UEkf( UEkn[$(,;ck] U(E Uf(
        """

    /// AND and OR add a condition. Two names or a name and a number around AND are prose; what follows
    /// decides.
    static let conditions = """
        V&([1nsv][&),o] V&(E[(1fknosv] V&(f( n&n[&Bk][(1fsv] [1sv]&V[&Bk]P n&[1sv][&Bk]P V&V)[&coU]
        [1sv]&V; n&[1sv]; n&n;[$cET] V&Vc V&VE[kn] V&Vf( V&VTn V&VU[E(;c] V&Vo[(fsv] V&so[1n]
        [1sv]&VU n&[1sv]U V&[sv][1v] V&vs 1&[1sv][$] n&[1v][$] [sv]&V[$] V&E[(1fknosv] V&f( V&k&P
        V&k([1nsvf] V&k[1sv]o V&kc V&kf( V&knk V&ko[(1fknsv] V&n[ET]n
        """

    /// A parenthesis closed that the fragment did not open: the value stood in one.
    static let closedParentheses = """
        V)&[(1svE] V)&f( [1sv])&n V)&n[&);BcfoU] V),([1nsvf] V);[ET] V)B[(1fnsvE] V)c V)E([1nsvf]
        V)EV[co] V)Ef( V)Ek[(1fnsv] V)f(f V)k([1nsvf] V)k[1sv][&;BEoU] V)kBP V)kf( V)kn[&;BcEkU]
        V)kUE V)o([1nsvEf] [1sv])o[1s][$] V)o[1s][&);BckU] V)of( V)on[&);BckU] V)ov[$&);BckoU]
        V)U[(E]
        """

    /// A list whose next item is a list, a query or a call: more columns or rows than were asked for.
    static let tuples = "[1sv],([1nsv][)o] n,([1sv][)o] n,(no V,(E[(1fknsv] V,(f( V,f("

    /// A semicolon and another statement.
    static let stackedStatements = """
        V;E([1nsvEf] V;E[1sv][,;ckoT] V;Ek[(1fnosv] V;Ef( V;En[,;cEkoT] V;T([1cEfnsv]
        V;T[1sv][(,;cfkoT] V;T; V;T[fo]( V;Tk[(1fkosv] [1sv];Tkn V;Tn[(,1;cfknosTv] V;TTn V;n:T ;T(E
        ;TEf ;Tknc ;Tnc ;Tnnc
        """

    /// GROUP BY, ORDER BY, HAVING and LIMIT come behind the condition that the value stands in.
    static let groupings = """
        VB[1sv][$&BkcU;,] [1sv]Bn[$] VBn[&BkcU;,] VB[1nv]o[(fsv] VBsoP VB([1sv][&)o] VB(n[&o] VB(f
        VBE[(1fknsv] VBf(
        """

    /// A comment that cuts off what the application wrote behind the value.
    static let cutOffs = "Vc"

    /// SELECT, CASE and their like behind a value.
    static let queriesAfterValues = """
        VE([1nsv][)o] VE(f( VE[1nsv];T VE[1sv][cTU] [1sv]En[cTUE] nEn[TU] VE[1nv]o[(fsv] VEsoP VEf(
        VEokn VEU [1sv]Ek([1nsvEf] [1sv]Ek[1sv][;coTU] [1sv]Ekf( [1sv]Ekn[;cETU] [1sv]Ekok [1sv]EkU
        V(E[fkn][(fkn] V(U(E
        """

    /// A call behind a value.
    static let callsAfterValues = """
        Vf()[1fknosUv] Vf([1sv][)o] [1sv]f(1n [1sv]f(n) Vf(n[,o] Vf(f( Vf(E[(1fknsv]
        """

    /// Clause words behind a value. INTO OUTFILE is enough alone, which ``SQLVerdict`` knows.
    static let keywordsAfterValues = """
        Vk(1o 1k(n[)o] nk(1) [sv]k([1n]) Vk(no Vk([sv][)o] Vk(f( Vk)[&B]P Vk);[ET] Vk)E[(1fknsv]
        Vk)f( Vk)o[(f] Vk)UE [1sv]kV[&BE]P nk[1sv][&BE]P nkn[&E][(1fsv] nknBP VkV;[$cET] [1sv]kV[$c]
        nk[1sv][$c] nkn[$] Vk[1v]o[(fsv] VksoP VkVU[(E] Vkf( VkUE
        """

    /// Two values side by side are an alias or an adjacent string, and then an attack goes on.
    static let juxtaposedValues = """
        [1nsv][1nsv]UE 1[sv]f( s[1v]f( nso[1nsv]U n1o([1nsvf] n1of( n1os[(1fUv] n1ov[(fosU]
        [1ns]vo([1nsvf] [1ns]vof( [1ns]vos[(1fUv] 1vs[$;co] svs[;co] [ns]1s[;c] 1sv[$;co] s1v[$;co]
        n1v[;co] s1nc 1n&f 1n,f 1n(1o 1n(f 1n([sv][)o] 1n)U 1nE([1nsvf] 1nEV[co] 1nEf( 1nU(
        """

    /// Comparisons and arithmetic that do not fold away: with strings, variables, calls and queries.
    static let operators = """
        Vo([1nsv][&),o] Vo(E[(1Efknosv] Vo(f( Vof([)1Efnsv] Vok([1nsvf] Vok[1sv][co] Vokf( [1sv]oknc
        VonsU [1sv]ok[&o]P nok&( nokoP VoU[(E] so[1sv]c VoV&[(1EfknsUv] VoV([EU] VoV)[&,;BcEfkoU]
        VoV,[(f] VoV;[$cET] soV;n 1oV;n VoVA VoVB[(1Efnsv] Vo[sv]c VoVE[(1fknosUv] VoVf(
        VoVk[)(1Bfsv] Vo[1sv]kn VoVkU VoVT[(1EfnsTv] VoVU so[1s]n[&(,EU] so1s[Uv] so1v[(fosU]
        son1[(oUv] son([1EfsUv] Vos1[(fnsUv] Vosv[(fosU] Vovs[(1foUv] Vovo[(fksU] sos[$] [1s]ov[$]
        vos[$] [1nv]ovso
        """

    /// A stacked statement that begins right behind the value, and the inside of one.
    static let procedures = """
        VT([1nsv][)o] VT(f VT1(f VT1o[(fsv] VTE([1nsvf] VTE[1nsv][no] VTEf( VTEk[(1fnsv] VTf(
        VTn([1fsv] VTn[1sv][co] VTn;[EnT] VTn[ET]P VTnf( VTnkn VTnn[:co] VTno[(fsv] VTs(f VTsoP VTTn
        VTv([1f] VTvo[(fs] T([1nsv])[fo] T([1nsv]o[(1fnsv] T([nv]f( T(ns) T(svo T(vs T(f( T1f(
        T1o([1nsvf] T1of( T1ov[fo] Tf([1nsv][)o] Tf(f( Tf()[fo] Tn([1sv][)o] Tn(f( TnV;
        Tn[1nsv]o[(fsv1n] Tnf( Tno([1nsvf] Tnof( Tnosf Tnov[fo] Ts[fo] Tv[fo]
        """

    /// COLLATE gives a condition a new end.
    static let collations = "VA([nsv][)o] VA(f VAf( VA[st]o VA[stv]U VAvo"

    /// A query where a value was asked for.
    static let queries = """
        E([1nsv]&P E([1nsv])[&,1;BcfknosUv] E([1nsv],f E([1nsv]o[(1fnsv] E([1nsv]f( E(E[(1Efknsv]
        E(f([)1Efnsv] E(n1[)o] EV&[(f] EV&V[)o] EV) EV,([1nsvf] EV,f( EV;( EVB([1nsvf] EVBV[)o]
        EVBf( EVk([1nsvEf] EVk[1sv][)ko] EVkf( E[1sv]kn[$);ckU] Enkn[),;BckU] EVo([1nsvEf] EVof(
        EVos[&(),1;BfkUv] EVov[&(),;BfkosU] Eso[1n][&(),1;BfknsUv] EVU[(E] E1v E1s[;c] Es[1v] Ev[ns]
        E1n[c;)k] En1; En(1o En([sv][)o] En(f( E1f( E[nsv]f( Ef()[&,1;BfknosUv] Ef([1nsv][&),o]
        Ef(E[(1fknsv] Ef(f Ef(o) Ek([1nsv][&(),fno] Ek(E[(1fknsv] Ek(f( EkV[&Bk]P Ek[1sv]([1fnsv]
        Ekn([1fsv] EkV) EkV,[(f] EkV[;f]( EkVU[(E] Ek[1sv]o[(1fnsv] Ekn1 Ek1n Ek[1s][sv]
        Eks1 Ekvs EkE[(k] Ekf( Eko([1nsvf] Ekok[(n] EE(f EEk( Eok(E Eoknk
        """

    /// A call of a function of the server's.
    static let calls = """
        f()[cU] f()[&,1;ABEfkosTv][(1EfknosTUv)] f()n[&),1EfoU] f([1nsv]&[(1fnsv]
        f([1nsv])[$&,1;AcBEfknosTUv] f([1nsv],[(f] f([1nsv]o[(fsv] f(so[1n] f(sv) f(E[(1fknosvE]
        f(f( f(k() f(k,[(f] f(t,[(f]
        """

    /// The inside of a condition, cut out of its beginning.
    static let innerFragments = """
        k([1nsv])[,Ako] k([1nsv]o[(fsv1n] k(f( kf()[,Ako] kf([1nsv][)o] kf(f( kV,([1nsvf] kV,f( kVA[(fstv]
        kVk([1nsvf] kVk[1sv][oU] kVkf( kVknU k[1sv]o([1nsvf] k[1sv]of( kVos[(,1Afkv] kVov[(,Afkos]
        kson[(,1Afk] kso1[(,Afknsv] &([1nsv])[oU] &([1nsv]o[(1fnsv] &(f( &f( &VUE &Vo([1nsvf] &Vof(
        &Vos[(1fUvn] &Vov[(fosU] )&(E[kn]
        """
}
