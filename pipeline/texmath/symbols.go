package texmath

// The signs that TeX, AMS and MathML names stand for, " name=sign " each, by the
// class of atom they make. They are searched as strings: a formula has a handful.
const (
	// relations are relations.
	relations = ` approx=≈ approxeq=≊ asymp=≍ backepsilon=∍ backsim=∽ backsimeq=⋍ because=∵ between=≬` +
		` blacktriangleleft=◀ blacktriangleright=▶ bowtie=⋈ bumpeq=≏ Bumpeq=≎ circeq=≗ circlearrowleft=↺` +
		` circlearrowright=↻ coloncolon=∷ coloncolonequals=⩴ coloneq=≔ coloneqq=≔ Coloneqq=⩴ colonequals=≔` +
		` cong=≅ curlyeqprec=⋞ curlyeqsucc=⋟ curvearrowleft=↶ curvearrowright=↷ darr=↓ dArr=⇓ Darr=⇓` +
		` dashleftarrow=⇠ dashrightarrow=⇢ dashv=⊣ dblcolon=∷ doteq=≐ Doteq=≑ doteqdot=≑ downarrow=↓` +
		` Downarrow=⇓ downdownarrows=⇊ downharpoonleft=⇃ downharpoonright=⇂ eqcirc=≖ eqcolon=∹ eqqcolon=≕` +
		` eqsim=≂ eqslantgtr=⪖ eqslantless=⪕ equalscolon=≕ equiv=≡ fallingdotseq=≒ frown=⌢ ge=≥ geq=≥ geqq=≧` +
		` geqslant=⩾ gets=← gg=≫ ggg=⋙ gggtr=⋙ gnapprox=⪊ gneq=⪈ gneqq=≩ gnsim=⋧ gt=> gtrapprox=⪆ gtreqless=⋛` +
		` gtreqqless=⪌ gtrless=≷ gtrsim=≳ gvertneqq=≩ harr=↔ hArr=⇔ Harr=⇔ hookleftarrow=↩ hookrightarrow=↪` +
		` imageof=⊷ in=∈ isin=∈ Join=⋈ larr=← lArr=⇐ Larr=⇐ le=≤ leadsto=⇝ Leftarrow=⇐ leftarrow=←` +
		` leftarrowtail=↢ leftharpoondown=↽ leftharpoonup=↼ leftleftarrows=⇇ leftrightarrow=↔ Leftrightarrow=⇔` +
		` leftrightarrows=⇆ leftrightharpoons=⇋ leftrightsquigarrow=↭ leq=≤ leqq=≦ leqslant=⩽ lessapprox=⪅` +
		` lesseqgtr=⋚ lesseqqgtr=⪋ lessgtr=≶ lesssim=≲ ll=≪ Lleftarrow=⇚ lll=⋘ llless=⋘ lnapprox=⪉ lneq=⪇` +
		` lneqq=≨ lnsim=⋦ longleftarrow=⟵ Longleftarrow=⟸ longleftrightarrow=⟷ Longleftrightarrow=⟺` +
		` longmapsto=⟼ longrightarrow=⟶ Longrightarrow=⟹ looparrowleft=↫ looparrowright=↬ lrarr=↔ lrArr=⇔` +
		` Lrarr=⇔ Lsh=↰ lt=< lvertneqq=≨ mapsto=↦ mid=∣ models=⊨ multimap=⊸ ncong=≆ ne=≠ nearrow=↗ neq=≠` +
		` ngeq=≱ ngeqq=≱ ngeqslant=≱ ngtr=≯ ni=∋ nleftarrow=↚ nLeftarrow=⇍ nleftrightarrow=↮ nLeftrightarrow=⇎` +
		` nleq=≰ nleqq=≰ nleqslant=≰ nless=≮ nmid=∤ notin=∉ notni=∌ nparallel=∦ nprec=⊀ npreceq=⋠` +
		` nrightarrow=↛ nRightarrow=⇏ nshortmid=∤ nshortparallel=∦ nsim=≁ nsubseteq=⊈ nsubseteqq=⊈ nsucc=⊁` +
		` nsucceq=⋡ nsupseteq=⊉ nsupseteqq=⊉ ntriangleleft=⋪ ntrianglelefteq=⋬ ntriangleright=⋫` +
		` ntrianglerighteq=⋭ nvdash=⊬ nvDash=⊭ nVDash=⊯ nVdash=⊮ nwarrow=↖ origof=⊶ owns=∋ parallel=∥ perp=⊥` +
		` pitchfork=⋔ prec=≺ precapprox=⪷ preccurlyeq=≼ preceq=⪯ precnapprox=⪹ precneqq=⪵ precnsim=⋨ precsim=≾` +
		` propto=∝ rarr=→ rArr=⇒ Rarr=⇒ ratio=∶ restriction=↾ Rightarrow=⇒ rightarrow=→ rightarrowtail=↣` +
		` rightharpoondown=⇁ rightharpoonup=⇀ rightleftarrows=⇄ rightleftharpoons=⇌ rightrightarrows=⇉` +
		` rightsquigarrow=⇝ risingdotseq=≓ Rrightarrow=⇛ Rsh=↱ searrow=↘ shortmid=∣ shortparallel=∥ sim=∼` +
		` simeq=≃ smallfrown=⌢ smallsmile=⌣ smile=⌣ sqsubset=⊏ sqsubseteq=⊑ sqsupset=⊐ sqsupseteq=⊒ sub=⊂` +
		` sube=⊆ Subset=⋐ subset=⊂ subseteq=⊆ subseteqq=⫅ subsetneq=⊊ subsetneqq=⫋ succ=≻ succapprox=⪸` +
		` succcurlyeq=≽ succeq=⪰ succnapprox=⪺ succneqq=⪶ succnsim=⋩ succsim=≿ supe=⊇ Supset=⋑ supset=⊃` +
		` supseteq=⊇ supseteqq=⫆ supsetneq=⊋ supsetneqq=⫌ swarrow=↙ therefore=∴ thickapprox=≈ thicksim=∼ to=→` +
		` trianglelefteq=⊴ triangleq=≜ trianglerighteq=⊵ twoheadleftarrow=↞ twoheadrightarrow=↠ uarr=↑ uArr=⇑` +
		` Uarr=⇑ uparrow=↑ Uparrow=⇑ updownarrow=↕ Updownarrow=⇕ upharpoonleft=↿ upharpoonright=↾ upuparrows=⇈` +
		` varpropto=∝ varsubsetneq=⊊ varsubsetneqq=⫋ varsupsetneq=⊋ varsupsetneqq=⫌ vartriangle=△` +
		` vartriangleleft=⊲ vartriangleright=⊳ vcentcolon=∶ vdash=⊢ vDash=⊨ Vdash=⊩ Vvdash=⊪ `
	// operators are binary operators.
	operators = ` amalg=⨿ And=& ast=∗ barwedge=⊼ bigcirc=◯ bigtriangledown=▽ bigtriangleup=△ boxdot=⊡ boxminus=⊟` +
		` boxplus=⊞ boxtimes=⊠ bull=∙ bullet=∙ Cap=⋒ cap=∩ cdot=⋅ centerdot=⋅ circ=∘ circledast=⊛` +
		` circledcirc=⊚ circleddash=⊝ Cup=⋓ cup=∪ curlyvee=⋎ curlywedge=⋏ dagger=† Dagger=‡ ddagger=‡` +
		` diamond=⋄ div=÷ divideontimes=⋇ dotplus=∔ doublebarwedge=⩞ doublecap=⋒ doublecup=⋓ gtrdot=⋗` +
		` intercal=⊺ land=∧ leftthreetimes=⋋ lessdot=⋖ lhd=⊲ lor=∨ ltimes=⋉ minuso=⦵ mp=∓ odot=⊙ ominus=⊖` +
		` oplus=⊕ oslash=⊘ otimes=⊗ plusmn=± pm=± rhd=⊳ rightthreetimes=⋌ rtimes=⋊ sdot=⋅ setminus=∖` +
		` smallsetminus=∖ sqcap=⊓ sqcup=⊔ star=⋆ times=× triangleleft=◃ triangleright=▹ unlhd=⊴ unrhd=⊵` +
		` uplus=⊎ vee=∨ veebar=⊻ wedge=∧ wr=≀ `
	// uprights are ordinary signs, upright.
	uprights = ` aa=å AA=Å ae=æ AE=Æ alef=ℵ alefsym=ℵ aleph=ℵ Alpha=Α angle=∠ backprime=‵ backslash=\ Bbbk=𝕜 Beta=Β` +
		` beth=ℶ bigstar=★ blacklozenge=⧫ blacksquare=■ blacktriangle=▲ blacktriangledown=▼ bot=⊥ Box=□` +
		` checkmark=✓ Chi=Χ circledR=® circledS=Ⓢ clubs=♣ clubsuit=♣ complement=∁ copyright=© dag=† daleth=ℸ` +
		` ddag=‡ degree=° Delta=Δ diagdown=╲ diagup=╱ Diamond=◊ diamonds=♢ diamondsuit=♢ digamma=ϝ ell=ℓ` +
		` empty=∅ emptyset=∅ Epsilon=Ε Eta=Η eth=ð exist=∃ exists=∃ Finv=Ⅎ flat=♭ forall=∀ Game=⅁ Gamma=Γ` +
		` gimel=ℷ hbar=ℏ hearts=♡ heartsuit=♡ hslash=ℏ i=ı Im=ℑ image=ℑ infin=∞ infty=∞ Iota=Ι j=ȷ` +
		` Kappa=Κ Lambda=Λ lnot=¬ lozenge=◊ lq=‘ maltese=✠ mathsterling=£ measuredangle=∡ mho=℧ Mu=Μ` +
		` nabla=∇ natural=♮ neg=¬ nexists=∄ Nu=Ν o=ø O=Ø oe=œ OE=Œ Omega=Ω Omicron=Ο P=¶ partial=∂ Phi=Φ Pi=Π` +
		` pounds=£ prime=′ Psi=Ψ Re=ℜ real=ℜ Rho=Ρ rq=’ S=§ sect=§ sharp=♯ Sigma=Σ spades=♠ spadesuit=♠` +
		` sphericalangle=∢ square=□ ss=ß surd=√ Tau=Τ textbackslash=\ textbar=| textdegree=° textdollar=$` +
		` textellipsis=… textemdash=— textendash=– textgreater=> textless=< textquotedblleft=“` +
		` textquotedblright=” textquoteleft=‘ textquoteright=’ textregistered=® textunderscore=_ Theta=Θ top=⊤` +
		` triangle=△ triangledown=▽ Upsilon=Υ varkappa=ϰ varnothing=∅ varvdots=⋮ vdots=⋮ vert=| Vert=‖` +
		` weierp=℘ wp=℘ Xi=Ξ yen=¥ Zeta=Ζ `
	// openings are opening delimiters.
	openings = ` lang=⟨ langle=⟨ lbrace={ lBrace=⦃ lbrack=[ lceil=⌈ lfloor=⌊ lgroup=⟮ llbracket=⟦ llcorner=⌞` +
		` lmoustache=⎰ lparen=( lvert=| lVert=‖ ulcorner=⌜ `
	// closings are closing delimiters.
	closings = ` lrcorner=⌟ rang=⟩ rangle=⟩ rbrace=} rBrace=⦄ rbrack=] rceil=⌉ rfloor=⌋ rgroup=⟯ rmoustache=⎱` +
		` rparen=) rrbracket=⟧ rvert=| rVert=‖ urcorner=⌝ `
	// inners are dots.
	inners = ` cdots=⋯ ddots=⋱ dots=… dotsb=⋯ dotsc=… dotsm=⋯ dotso=… ldots=… mathellipsis=… `
	// letters are letters, slanted as letters are.
	letters = ` imath=ı jmath=ȷ alpha=α beta=β chi=χ delta=δ epsilon=ϵ eta=η gamma=γ iota=ι kappa=κ lambda=λ mu=μ nu=ν omega=ω` +
		` omicron=ο phi=ϕ pi=π psi=ψ rho=ρ sigma=σ tau=τ theta=θ thetasym=ϑ upsilon=υ varDelta=Δ varepsilon=ε` +
		` varGamma=Γ varLambda=Λ varOmega=Ω varphi=φ varPhi=Φ varpi=ϖ varPi=Π varPsi=Ψ varrho=ϱ varsigma=ς` +
		` varSigma=Σ vartheta=ϑ varTheta=Θ varUpsilon=Υ varXi=Ξ xi=ξ zeta=ζ `
	// bigs are big operators.
	bigs = ` bigcap=⋂ bigcup=⋃ bigodot=⨀ bigoplus=⨁ bigotimes=⨂ bigsqcup=⨆ biguplus=⨄ bigvee=⋁ bigwedge=⋀` +
		` coprod=∐ iiiint=⨌ iiint=∭ iint=∬ int=∫ intclockwise=∱ intop=∫ oiiint=∰ oiint=∯ oint=∮ prod=∏` +
		` smallint=∫ sum=∑ `
	// points are points of punctuation.
	points = ` cdotp=⋅ ldotp=. `
)
