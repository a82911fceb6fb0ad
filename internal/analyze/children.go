package analyze

import (
	"github.com/dop251/goja/ast"
)

// children calls visit for each direct child of n, in the order of the source.
func children(n ast.Node, visit func(ast.Node)) {
	expr := func(e ast.Expression) {
		if e != nil {
			visit(e)
		}
	}
	exprs := func(list []ast.Expression) {
		for _, e := range list {
			expr(e)
		}
	}
	stmt := func(s ast.Statement) {
		if s != nil {
			visit(s)
		}
	}
	stmts := func(list []ast.Statement) {
		for _, s := range list {
			stmt(s)
		}
	}
	bindings := func(list []*ast.Binding) {
		for _, b := range list {
			visit(b)
		}
	}
	params := func(list *ast.ParameterList) {
		if list != nil {
			bindings(list.List)
			expr(list.Rest)
		}
	}
	block := func(b *ast.BlockStatement) {
		if b != nil {
			visit(b)
		}
	}
	switch n := n.(type) {
	// Expressions.
	case *ast.ArrayLiteral:
		exprs(n.Value)
	case *ast.ArrayPattern:
		exprs(n.Elements)
		expr(n.Rest)
	case *ast.AssignExpression:
		expr(n.Left)
		expr(n.Right)
	case *ast.AwaitExpression:
		expr(n.Argument)
	case *ast.BinaryExpression:
		expr(n.Left)
		expr(n.Right)
	case *ast.Binding:
		expr(n.Target)
		expr(n.Initializer)
	case *ast.BracketExpression:
		expr(n.Left)
		expr(n.Member)
	case *ast.CallExpression:
		expr(n.Callee)
		exprs(n.ArgumentList)
	case *ast.ConditionalExpression:
		expr(n.Test)
		expr(n.Consequent)
		expr(n.Alternate)
	case *ast.DotExpression:
		expr(n.Left)
	case *ast.PrivateDotExpression:
		expr(n.Left)
	case *ast.OptionalChain:
		expr(n.Expression)
	case *ast.Optional:
		expr(n.Expression)
	case *ast.FunctionLiteral:
		params(n.ParameterList)
		block(n.Body)
	case *ast.ArrowFunctionLiteral:
		params(n.ParameterList)
		switch body := n.Body.(type) {
		case *ast.BlockStatement:
			block(body)
		case *ast.ExpressionBody:
			expr(body.Expression)
		}
	case *ast.ClassLiteral:
		expr(n.SuperClass)
		for _, e := range n.Body {
			classElement(e, visit)
		}
	case *ast.NewExpression:
		expr(n.Callee)
		exprs(n.ArgumentList)
	case *ast.ObjectLiteral:
		for _, p := range n.Value {
			property(p, visit)
		}
	case *ast.ObjectPattern:
		for _, p := range n.Properties {
			property(p, visit)
		}
		expr(n.Rest)
	case *ast.SpreadElement:
		expr(n.Expression)
	case *ast.SequenceExpression:
		exprs(n.Sequence)
	case *ast.TemplateLiteral:
		expr(n.Tag)
		exprs(n.Expressions)
	case *ast.UnaryExpression:
		expr(n.Operand)
	case *ast.YieldExpression:
		expr(n.Argument)

	// Statements.
	case *ast.BlockStatement:
		stmts(n.List)
	case *ast.CaseStatement:
		expr(n.Test)
		stmts(n.Consequent)
	case *ast.CatchStatement:
		if n.Parameter != nil {
			visit(n.Parameter)
		}
		block(n.Body)
	case *ast.DoWhileStatement:
		stmt(n.Body)
		expr(n.Test)
	case *ast.ExpressionStatement:
		expr(n.Expression)
	case *ast.ForInStatement:
		forInto(n.Into, visit)
		expr(n.Source)
		stmt(n.Body)
	case *ast.ForOfStatement:
		forInto(n.Into, visit)
		expr(n.Source)
		stmt(n.Body)
	case *ast.ForStatement:
		switch init := n.Initializer.(type) {
		case *ast.ForLoopInitializerExpression:
			expr(init.Expression)
		case *ast.ForLoopInitializerVarDeclList:
			bindings(init.List)
		case *ast.ForLoopInitializerLexicalDecl:
			bindings(init.LexicalDeclaration.List)
		}
		expr(n.Test)
		expr(n.Update)
		stmt(n.Body)
	case *ast.IfStatement:
		expr(n.Test)
		stmt(n.Consequent)
		stmt(n.Alternate)
	case *ast.LabelledStatement:
		stmt(n.Statement)
	case *ast.ReturnStatement:
		expr(n.Argument)
	case *ast.SwitchStatement:
		expr(n.Discriminant)
		for _, c := range n.Body {
			visit(c)
		}
	case *ast.ThrowStatement:
		expr(n.Argument)
	case *ast.TryStatement:
		block(n.Body)
		if n.Catch != nil {
			visit(n.Catch)
		}
		block(n.Finally)
	case *ast.VariableStatement:
		bindings(n.List)
	case *ast.LexicalDeclaration:
		bindings(n.List)
	case *ast.WhileStatement:
		expr(n.Test)
		stmt(n.Body)
	case *ast.WithStatement:
		expr(n.Object)
		stmt(n.Body)
	case *ast.FunctionDeclaration:
		visit(n.Function)
	case *ast.ClassDeclaration:
		visit(n.Class)
	}
}

func property(p ast.Property, visit func(ast.Node)) {
	switch p := p.(type) {
	case *ast.PropertyShort:
		visit(&p.Name)
		if p.Initializer != nil {
			visit(p.Initializer)
		}
	case *ast.PropertyKeyed:
		if p.Computed {
			visit(p.Key)
		}
		if p.Value != nil {
			visit(p.Value)
		}
	case *ast.SpreadElement:
		visit(p)
	}
}

func classElement(e ast.ClassElement, visit func(ast.Node)) {
	switch e := e.(type) {
	case *ast.FieldDefinition:
		if e.Computed {
			visit(e.Key)
		}
		if e.Initializer != nil {
			visit(e.Initializer)
		}
	case *ast.MethodDefinition:
		if e.Computed {
			visit(e.Key)
		}
		visit(e.Body)
	case *ast.ClassStaticBlock:
		visit(e.Block)
	}
}

func forInto(into ast.ForInto, visit func(ast.Node)) {
	switch into := into.(type) {
	case *ast.ForIntoVar:
		visit(into.Binding)
	case *ast.ForDeclaration:
		visit(into.Target)
	case *ast.ForIntoExpression:
		visit(into.Expression)
	}
}
