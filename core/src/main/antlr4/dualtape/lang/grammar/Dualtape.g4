/* The text language. Rules are loops, so that long sums and chains of signs do not nest; the tree is built by the
   actions, and no parse tree is kept. */
grammar Dualtape;

@header {
import dualtape.lang.Expression;
import dualtape.lang.Statement;
import java.util.ArrayList;
import java.util.List;
}

@parser::members {
    private static int at(Token token) {
        return token.getStartIndex();
    }
}

program returns [List<Statement> result]
    : { $result = new ArrayList<>(); }
      separator* ( s=statement { $result.add($s.result); } ( separator+ ( t=statement { $result.add($t.result); } )? )* )? EOF
    ;

separator : NEWLINE | ';' ;

block returns [List<Statement> result]
    : { $result = new ArrayList<>(); }
      '{' separator* ( s=statement { $result.add($s.result); } ( separator+ ( t=statement { $result.add($t.result); } )? )* )? '}'
    ;

statement returns [Statement result]
    : n=NAME '=' e=expression { $result = new Statement.Assign(at($n), $n.text, $e.result); }
    | i=branch { $result = $i.result; }
    | w='while' c=expression b=block { $result = new Statement.While(at($w), $c.result, $b.result); }
    | f='for' n=NAME 'in' lo=expression '..' hi=expression b=block
      { $result = new Statement.For(at($f), $n.text, $lo.result, $hi.result, $b.result); }
    | d=definition { $result = $d.result; }
    | e=expression { $result = new Statement.Evaluate($e.result.at(), $e.result); }
    ;

branch returns [Statement result]
    : { List<Expression> conditions = new ArrayList<>(); List<List<Statement>> blocks = new ArrayList<>(); }
      f='if' c=expression b=block { conditions.add($c.result); blocks.add($b.result); }
      ( 'else' 'if' c2=expression b2=block { conditions.add($c2.result); blocks.add($b2.result); } )*
      ( 'else' b3=block { blocks.add($b3.result); } )?
      { $result = new Statement.If(at($f), conditions, blocks); }
    ;

definition returns [Statement result]
    : { List<String> parameters = new ArrayList<>(); }
      'def' n=NAME '(' ( p=NAME { parameters.add($p.text); } ( ',' q=NAME { parameters.add($q.text); } )* )? ')'
      ( '=' e=expression
        { $result = new Statement.Define(at($n), $n.text, parameters, List.of(new Statement.Evaluate($e.result.at(), $e.result))); }
      | b=block { $result = new Statement.Define(at($n), $n.text, parameters, $b.result); } )
    ;

expression returns [Expression result]
    : l=conjunction { $result = $l.result; }
      ( o='or' r=conjunction { $result = Expression.chain($result, at($o), "or", $r.result); } )*
    ;

conjunction returns [Expression result]
    : l=negation { $result = $l.result; }
      ( o='and' r=negation { $result = Expression.chain($result, at($o), "and", $r.result); } )*
    ;

negation returns [Expression result]
    : { int count = 0; int where = -1; }
      ( o='not' { if (count++ == 0) { where = at($o); } } )* c=comparison
      { $result = count == 0 ? $c.result : new Expression.Prefix(where, "not", count, $c.result); }
    ;

comparison returns [Expression result]
    : l=sum { $result = $l.result; }
      ( o=( '<' | '<=' | '>' | '>=' | '==' | '!=' ) r=sum { $result = Expression.compare($result, at($o), $o.text, $r.result); } )*
    ;

sum returns [Expression result]
    : l=product { $result = $l.result; }
      ( o=( '+' | '-' ) r=product { $result = Expression.chain($result, at($o), $o.text, $r.result); } )*
    ;

product returns [Expression result]
    : l=sign { $result = $l.result; }
      ( o=( '*' | '/' | '@' ) r=sign { $result = Expression.chain($result, at($o), $o.text, $r.result); } )*
    ;

sign returns [Expression result]
    : { int count = 0; int where = -1; }
      ( o='-' { if (count++ == 0) { where = at($o); } } | '+' )* p=power
      { $result = count == 0 ? $p.result : new Expression.Prefix(where, "-", count, $p.result); }
    ;

power returns [Expression result]
    : { List<Expression> bases = new ArrayList<>(); List<Integer> signs = new ArrayList<>(); int count = 0; int where = -1; }
      b=postfix { bases.add($b.result); signs.add(0); }
      ( o=( '^' | '**' ) { count = 0; if (where < 0) { where = at($o); } } ( '-' { count++; } | '+' )*
        x=postfix { bases.add($x.result); signs.add(count); } )*
      { $result = bases.size() == 1 ? bases.get(0) : new Expression.Power(where, bases, signs); }
    ;

postfix returns [Expression result]
    : a=atom { $result = $a.result; }
      ( o='[' { List<Expression.Index> indices = new ArrayList<>(); }
        i=index { indices.add($i.result); } ( ',' j=index { indices.add($j.result); } )* ']'
        { $result = Expression.indexed($result, at($o), indices); } )*
    ;

index returns [Expression.Index result]
    : { Expression from = null; Expression to = null; boolean range = false; }
      ( f=expression { from = $f.result; } ( ':' { range = true; } ( t=expression { to = $t.result; } )? )?
      | ':' { range = true; } ( t2=expression { to = $t2.result; } )? )
      { $result = new Expression.Index(from, to, range); }
    ;

atom returns [Expression result]
    : n=NUMBER { $result = new Expression.Number(at($n), Double.parseDouble($n.text)); }
    | f=NAME '(' { List<Expression> arguments = new ArrayList<>(); List<Expression.Named> named = new ArrayList<>(); }
      ( argument[arguments, named] ( ',' argument[arguments, named] )* )? ')'
      { $result = new Expression.Call(at($f), $f.text, arguments, named); }
    | v=NAME { $result = new Expression.Name(at($v), $v.text); }
    | '(' e=expression ')' { $result = Expression.closed($e.result); }
    | o='[' { List<Expression> items = new ArrayList<>(); }
      ( i=expression { items.add($i.result); } ( ',' j=expression { items.add($j.result); } )* )? ']'
      { $result = new Expression.Bracket(at($o), items); }
    ;

argument [List<Expression> arguments, List<Expression.Named> named]
    : n=NAME '=' v=expression { named.add(new Expression.Named(at($n), $n.text, $v.result)); }
    | e=expression { arguments.add($e.result); }
    ;

IF : 'if' ;
ELSE : 'else' ;
WHILE : 'while' ;
FOR : 'for' ;
IN : 'in' ;
DEF : 'def' ;
NOT : 'not' ;
AND : 'and' ;
OR : 'or' ;
OPEN : '(' ;
CLOSE : ')' ;
OPEN_LIST : '[' ;
CLOSE_LIST : ']' ;
OPEN_BLOCK : '{' ;
CLOSE_BLOCK : '}' ;
ASSIGN : '=' ;
COMMA : ',' ;
COLON : ':' ;
RANGE : '..' ;
SEPARATOR : ';' ;
PLUS : '+' ;
MINUS : '-' ;
NUMBER : DIGIT+ ( '.' { _input.LA(1) != '.' }? DIGIT* )? EXPONENT? | '.' DIGIT+ EXPONENT? ;
fragment DIGIT : [0-9] ;
fragment EXPONENT : [eE] [+-]? DIGIT+ ;
NAME : [\p{L}_] [\p{L}\p{Nd}_]* ;
NEWLINE : '\r'? '\n' | '\r' ;
COMMENT : '#' ~[\r\n]* -> skip ;
BLANK : [ \t\f]+ -> skip ;
OTHER : . ;
