using KanSharp.Symbolics.Functions;

namespace KanSharp.Symbolics.Printing;

/// <summary>Python for SymPy, as text for <c>sympify</c> or as code after <c>from sympy import *</c>.</summary>
internal sealed class PythonDialect(IReadOnlyList<string> variables) : InfixDialect
{
    private static readonly HashSet<string> Words =
    [
        "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global",
        "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield", "None", "True",
        "False", "E", "I", "N", "O", "Q", "S", "pi", "oo", "beta", "gamma", "zeta", "exp", "log", "Abs", "sign", "sin", "cos", "tan", "asin", "acos",
        "atan", "sinh", "cosh", "tanh", "atanh", "erf", "sinc", "besselj", "Heaviside", "Max", "sqrt", "Rational", "im", "re", "arg", "ff", "rf", "test",
    ];

    private readonly IdentifierMap _names = new(variables, Words);

    public override string Variable(string name) => _names[name];

    public override string Constant(ConstantExpression constant) => constant.Name == "pi" ? "pi" : "E";

    public override Printed Fraction(string numerator, string denominator) => new($"Rational({numerator}, {denominator})", Binding.Atom);

    public override Printed Power(Printed @base, Printed exponent, PowerExpression node) =>
        new($"{@base.Within(Binding.Atom)}**{exponent.Within(Binding.Atom)}", Binding.Power);

    public override string Sqrt(string radicand) => $"sqrt({radicand})";

    public override Printed Call(CatalogFunction function, Printed argument)
    {
        string x = argument.Text;
        return function.Kind switch
        {
            FunctionKind.LogOnePlus => new($"log(1 + {argument.Within(Binding.Product)})", Binding.Atom),
            FunctionKind.Abs => new($"Abs({x})", Binding.Atom),
            FunctionKind.Sign => new($"sign({x})", Binding.Atom),
            FunctionKind.Step => new($"Heaviside({x}, 0)", Binding.Atom),
            FunctionKind.ReLU => new($"Max({x}, 0)", Binding.Atom),
            FunctionKind.Arcsin => new($"asin({x})", Binding.Atom),
            FunctionKind.Arccos => new($"acos({x})", Binding.Atom),
            FunctionKind.Arctan => new($"atan({x})", Binding.Atom),
            FunctionKind.Arctanh => new($"atanh({x})", Binding.Atom),
            FunctionKind.Sigmoid => new($"1/(1 + exp(-{argument.Within(Binding.Power)}))", Binding.Product),
            FunctionKind.Softplus => new($"log(1 + exp({x}))", Binding.Atom),
            FunctionKind.BesselJ0 => new($"besselj(0, {x})", Binding.Atom),
            FunctionKind.BesselJ1 => new($"besselj(1, {x})", Binding.Atom),
            _ => new($"{function.Name}({x})", Binding.Atom),
        };
    }
}
