using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Symbolics.Functions;

/// <summary>A function that the user gives as an expression in x. Derivatives are symbolic; nothing is executed but compiled expressions.</summary>
internal sealed class CustomFunction(Expression definition)
{
    public const string Argument = "x";

    private const int BlockLength = 256;

    private readonly Lazy<CompiledExpression>[] _orders = Compile(definition);

    public Expression Apply(Expression argument) =>
        definition.Substitute(new Dictionary<string, Expression>(StringComparer.Ordinal) { [Argument] = argument });

    public bool IsFinite(double x, int highestOrder)
    {
        double y = 0;
        for (int order = 0; order <= highestOrder; order++)
        {
            _orders[order].Value.Evaluate(new(in x), new(ref y));
            if (!double.IsFinite(y))
                return false;
        }

        return true;
    }

    public void Evaluate<T>(ReadOnlySpan<T> x, int order, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CompiledExpression compiled = _orders[order].Value;
        Span<double> points = stackalloc double[BlockLength], values = stackalloc double[BlockLength];
        for (int start = 0; start < x.Length; start += BlockLength)
        {
            int count = Math.Min(BlockLength, x.Length - start);
            for (int i = 0; i < count; i++)
                points[i] = double.CreateTruncating(x[start + i]);
            compiled.Evaluate(points[..count], values[..count]);
            for (int i = 0; i < count; i++)
                y[start + i] = T.CreateTruncating(values[i]);
        }
    }

    /// <summary>The value and its derivatives, each differentiated when it is first asked for: they grow with the order.</summary>
    private static Lazy<CompiledExpression>[] Compile(Expression definition)
    {
        var orders = new Lazy<CompiledExpression>[DerivativeOrder.Highest + 1];
        var expression = new Lazy<Expression>(definition);
        for (int order = 0; order < orders.Length; order++)
        {
            Lazy<Expression> own = expression;
            orders[order] = new Lazy<CompiledExpression>(() => own.Value.Compile([Argument]));
            expression = new Lazy<Expression>(() => own.Value.Differentiate(Argument));
        }

        return orders;
    }
}
