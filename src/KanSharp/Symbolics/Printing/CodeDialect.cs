using KanSharp.Symbolics.Functions;

namespace KanSharp.Symbolics.Printing;

/// <summary>C# and C: double arithmetic, powers by a call, functions that the library of the language lacks written out.</summary>
/// <param name="sharp">Whether the language is C#.</param>
/// <param name="variables">Variables of the expression.</param>
/// <param name="own">From Erf, BesselJ0 and BesselJ1 to the names of functions that the code brings along; null where it takes those of a library.</param>
internal sealed class CodeDialect(bool sharp, IReadOnlyList<string> variables, Func<string, string>? own = null) : InfixDialect
{
    private static readonly HashSet<string> SharpWords =
    [
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default",
        "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto", "if",
        "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out", "override",
        "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string",
        "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void",
        "volatile", "while", "Math", "SpecialFunctions",
    ];

    private static readonly HashSet<string> CWords =
    [
        "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum", "extern", "float", "for", "goto", "if", "inline",
        "int", "long", "register", "restrict", "return", "short", "signed", "sizeof", "static", "struct", "switch", "typedef", "union", "unsigned",
        "void", "volatile", "while", "exp", "log", "log1p", "fabs", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "atanh", "erf",
        "j0", "j1", "y0", "y1", "pow", "sqrt", "fmax", "gamma", "M_PI", "M_E", "I",
    ];

    private readonly IdentifierMap _names = new(variables, sharp ? SharpWords : CWords);

    public override string Variable(string name) => _names[name];

    public override string Constant(ConstantExpression constant) =>
        (sharp ? "Math." : "M_") + (constant.Name == "pi" ? "PI" : "E");

    public override Printed Fraction(string numerator, string denominator) => new($"{numerator}.0/{denominator}.0", Binding.Product);

    public override Printed Power(Printed @base, Printed exponent, PowerExpression node)
    {
        if (@base.Binding == Binding.Atom && node.Base is VariableExpression or ConstantExpression && node.Exponent is NumberExpression { Value: 2 or 3 } small)
            return new(string.Join('*', Enumerable.Repeat(@base.Text, (int)small.Value)), Binding.Product);
        return Call("Pow", "pow", $"{@base.Text}, {exponent.Text}");
    }

    public override string Sqrt(string radicand) => Call("Sqrt", "sqrt", radicand).Text;

    public override Printed Call(CatalogFunction function, Printed argument)
    {
        string x = argument.Text;
        return function.Kind switch
        {
            FunctionKind.Exp => Call("Exp", "exp", x),
            FunctionKind.Log => Call("Log", "log", x),
            FunctionKind.LogOnePlus => sharp ? Call("Log", "", $"1 + {argument.Within(Binding.Product)}") : Call("", "log1p", x),
            FunctionKind.Abs => Call("Abs", "fabs", x),
            FunctionKind.Sign => new($"({x} > 0 ? 1.0 : {x} < 0 ? -1.0 : 0.0)", Binding.Atom),
            FunctionKind.Step => new($"({x} > 0 ? 1.0 : 0.0)", Binding.Atom),
            FunctionKind.ReLU => Call("Max", "fmax", $"{x}, 0"),
            FunctionKind.Sin => Call("Sin", "sin", x),
            FunctionKind.Cos => Call("Cos", "cos", x),
            FunctionKind.Tan => Call("Tan", "tan", x),
            FunctionKind.Arcsin => Call("Asin", "asin", x),
            FunctionKind.Arccos => Call("Acos", "acos", x),
            FunctionKind.Arctan => Call("Atan", "atan", x),
            FunctionKind.Sinh => Call("Sinh", "sinh", x),
            FunctionKind.Cosh => Call("Cosh", "cosh", x),
            FunctionKind.Tanh => Call("Tanh", "tanh", x),
            FunctionKind.Arctanh => Call("Atanh", "atanh", x),
            FunctionKind.Sigmoid => new($"1/(1 + {Call("Exp", "exp", "-" + argument.Within(Binding.Power)).Text})", Binding.Product),
            FunctionKind.Softplus => sharp
                ? new($"Math.Max({x}, 0) + Math.Log(1 + Math.Exp(-Math.Abs({x})))", Binding.Sum)
                : new($"fmax({x}, 0) + log1p(exp(-fabs({x})))", Binding.Sum),
            FunctionKind.Sinc => new(
                $"({x} == 0 ? 1.0 : {Call("Sin", "sin", x).Text}/{argument.Within(Binding.Power)})", Binding.Atom),
            FunctionKind.Erf when own is not null && sharp => Own("Erf", x),
            FunctionKind.BesselJ0 or FunctionKind.BesselJ1 when own is not null => Own(function.Kind.ToString(), x),
            FunctionKind.Erf => sharp ? new($"SpecialFunctions.Erf({x})", Binding.Atom) : Call("", "erf", x),
            FunctionKind.BesselJ0 => sharp ? new($"SpecialFunctions.BesselJ(0, {x})", Binding.Atom) : Call("", "j0", x),
            FunctionKind.BesselJ1 => sharp ? new($"SpecialFunctions.BesselJ(1, {x})", Binding.Atom) : Call("", "j1", x),
            _ => throw new InvalidOperationException($"'{function}' has no form in code."),
        };
    }

    private Printed Own(string name, string x) => new($"{own!(name)}({x})", Binding.Atom);

    private Printed Call(string sharpName, string cName, string arguments) =>
        new($"{(sharp ? "Math." + sharpName : cName)}({arguments})", Binding.Atom);
}
