using KanSharp.Symbolics;

namespace KanSharp.Interpretation.Compilation;

/// <summary>Formulas as edges, sums and products, each part once.</summary>
internal sealed class FormulaGraph
{
    private static readonly FunctionCatalog Catalog = FunctionCatalog.Standard;
    private readonly Dictionary<Expression, GraphNode> _nodes = [];
    private readonly List<GraphNode> _inputs = [];

    public FormulaGraph(IReadOnlyList<string> variables)
    {
        foreach (string name in variables)
        {
            var input = new GraphNode();
            if (!_nodes.TryAdd(Expression.Variable(name), input))
                throw new ArgumentException($"The variable '{name}' is named twice.", nameof(variables));
            _inputs.Add(input);
        }
    }

    public IReadOnlyList<GraphNode> Inputs => _inputs;

    /// <summary>The node of an output. A product keeps its factor and its offset apart, a sum takes them in.</summary>
    public FormulaOutput Output(Expression expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        (double scale, Expression? core, double bias) = AffineForm.Of(expression);
        return core is ProductExpression ? new FormulaOutput(Node(core), scale, bias) : new FormulaOutput(new GraphNode(Sum(expression)), 1, 0);
    }

    private GraphNode Node(Expression core)
    {
        if (_nodes.TryGetValue(core, out GraphNode? known))
            return known;
        if (core is VariableExpression variable)
            throw new ArgumentException($"The formula has the variable '{variable.Name}', which is not among the inputs: {string.Join(", ", _nodes.Keys.OfType<VariableExpression>().Select(input => input.Name))}.");
        GraphNode node = core is ProductExpression product ? new GraphNode([.. product.Factors.Select(Sum)]) : new GraphNode(Sum(core));
        _nodes.Add(core, node);
        return node;
    }

    private GraphSum Sum(Expression expression)
    {
        var sum = new GraphSum();
        Add(sum, expression, 1);
        return sum;
    }

    private void Add(GraphSum sum, Expression expression, double factor)
    {
        (double scale, Expression? core, double bias) = AffineForm.Of(expression);
        sum.Constant += factor * bias;
        if (core is SumExpression inner)
        {
            foreach (Expression term in inner.Terms)
                Add(sum, term, factor * scale);
        }
        else if (core is not null)
        {
            GraphTerm term = Term(core);
            sum.Add(term with { C = term.C * factor * scale });
        }
    }

    private GraphTerm Term(Expression core) => core switch
    {
        FunctionExpression { Function.Name: "exp" } exponential => Exponential(exponential.Argument, 1),
        FunctionExpression function => Edge(function.Function, function.Argument, 1, 0),
        PowerExpression power => Power(power),
        _ => GraphTerm.Identity(Node(core)),
    };

    private GraphTerm Power(PowerExpression power)
    {
        if (AffineForm.Constant(power.Exponent) is { } exponent)
        {
            if (exponent == -1 && Lorentzian(power.Base) is { } bell)
                return bell;
            CatalogFunction function = PowerOf(exponent);
            return Edge(function, power.Base, 1, 0) with { Exponent = function.HasExponent ? exponent : 1 };
        }

        if (AffineForm.Constant(power.Base) is not { } number)
            return Exponential(power.Exponent * Expression.Call("log", power.Base), 1);
        return number > 0
            ? Exponential(power.Exponent, Math.Log(number))
            : throw new ArgumentException($"The base of '{power}' is not positive; a power with a variable exponent needs a positive base.");
    }

    /// <summary>exp(rate·argument), as a gaussian if the argument is a negative multiple of a square.</summary>
    private GraphTerm Exponential(Expression argument, double rate)
    {
        (double scale, Expression? core, double bias) = AffineForm.Of(argument);
        double height = Math.Exp(rate * bias);
        return core is PowerExpression { Exponent: NumberExpression { Value: 2 } } square && rate * scale < 0 && double.IsNormal(height)
            ? Edge(Catalog["gaussian"], square.Base, Math.Sqrt(-rate * scale), 0) with { C = height }
            : Edge(Catalog["exp"], argument, rate, 0);
    }

    /// <summary>1/(b + s·u²) = 1/b·f(√(s/b)·u) with f(x) = 1/(1 + x²).</summary>
    private GraphTerm? Lorentzian(Expression denominator)
    {
        (double scale, Expression? core, double bias) = AffineForm.Of(denominator);
        return core is PowerExpression { Exponent: NumberExpression { Value: 2 } } square && scale / bias > 0 && double.IsNormal(scale / bias) && double.IsNormal(1 / bias)
            ? Edge(Catalog["1/(1+x^2)"], square.Base, Math.Sqrt(scale / bias), 0) with { C = 1 / bias }
            : null;
    }

    /// <summary>f(a·argument + b), with the factor and the offset of the argument taken in.</summary>
    private GraphTerm Edge(CatalogFunction function, Expression argument, double a, double b)
    {
        (double scale, Expression? core, double bias) = AffineForm.Of(argument);
        return new GraphTerm(Node(core!), function, a * scale, a * bias + b);
    }

    private static CatalogFunction PowerOf(double exponent) => exponent switch
    {
        1 => Catalog["x"],
        2 => Catalog["x^2"],
        3 => Catalog["x^3"],
        4 => Catalog["x^4"],
        5 => Catalog["x^5"],
        0.5 => Catalog["sqrt"],
        1.5 => Catalog["x^1.5"],
        -0.5 => Catalog["1/sqrt(x)"],
        -1 => Catalog["1/x"],
        -2 => Catalog["1/x^2"],
        -3 => Catalog["1/x^3"],
        -4 => Catalog["1/x^4"],
        -5 => Catalog["1/x^5"],
        _ => Catalog["x^p"],
    };
}
