using KanSharp.Symbolics;
using KanSharp.Symbolics.Functions;
using KanSharp.Symbolics.Printing;

namespace KanSharp.Interchange.Source;

/// <summary>Expressions in NumPy.</summary>
internal static class NumPyFormulas
{
    /// <summary>Prints an expression of arrays.</summary>
    /// <param name="source">The module.</param>
    /// <param name="formula">The expression.</param>
    /// <param name="names">Local variables by name of the variable.</param>
    public static string Print(NumPySource source, Expression formula, IReadOnlyDictionary<string, string> names)
    {
        Expression renamed = formula.Transform(node => node is VariableExpression variable && names.TryGetValue(variable.Name, out string? other) ? Expression.Variable(other) : node);
        return new InfixPrinter(new NumPyDialect(source.Use), PrintOptions.Default).Print(renamed).Text;
    }

    /// <summary>Python with NumPy's functions; variables are identifiers already.</summary>
    private sealed class NumPyDialect(Func<string, string> use) : InfixDialect
    {
        public override string Variable(string name) => name;

        public override string Constant(ConstantExpression constant) => constant.Name == "pi" ? "np.pi" : "np.e";

        public override Printed Fraction(string numerator, string denominator) => new($"{numerator}/{denominator}", Binding.Product);

        // a float: NumPy has no negative powers of whole numbers
        public override Printed Power(Printed @base, Printed exponent, PowerExpression node) => new($"{@base.Within(Binding.Atom)}**{exponent.Within(Binding.Atom)}", Binding.Power);

        public override string Sqrt(string radicand) => $"np.sqrt({radicand})";

        public override Printed Call(CatalogFunction function, Printed argument)
        {
            string x = argument.Text;
            return function.Kind switch
            {
                FunctionKind.LogOnePlus => Atom($"np.log1p({x})"),
                FunctionKind.Step => Atom($"np.heaviside({x}, 0)"),
                FunctionKind.ReLU => Atom($"np.maximum({x}, 0)"),
                FunctionKind.Arcsin => Atom($"np.arcsin({x})"),
                FunctionKind.Arccos => Atom($"np.arccos({x})"),
                FunctionKind.Arctan => Atom($"np.arctan({x})"),
                FunctionKind.Arctanh => Atom($"np.arctanh({x})"),
                FunctionKind.Sigmoid => new($"1/(1 + np.exp(-{argument.Within(Binding.Power)}))", Binding.Product),
                FunctionKind.Softplus => Atom($"np.logaddexp({x}, 0)"),
                FunctionKind.Sinc => Atom($"np.sinc({argument.Within(Binding.Product)}/np.pi)"),
                FunctionKind.Erf => Atom($"{use("_erf")}({x})"),
                FunctionKind.BesselJ0 => Atom($"{use("_bessel")}(0, {x})"),
                FunctionKind.BesselJ1 => Atom($"{use("_bessel")}(1, {x})"),
                _ => Atom($"np.{Name(function.Kind)}({x})"),
            };
        }

        private static Printed Atom(string text) => new(text, Binding.Atom);

#pragma warning disable CA1308 // NumPy's names are small
        private static string Name(FunctionKind kind) => kind.ToString().ToLowerInvariant();
#pragma warning restore CA1308
    }
}
