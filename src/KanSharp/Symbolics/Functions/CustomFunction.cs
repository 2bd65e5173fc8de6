using System.Numerics;

namespace KanSharp.Symbolics.Functions;

/// <summary>A function that the user gives as an expression in x. Derivatives are symbolic; nothing is executed but compiled expressions.</summary>
internal sealed class CustomFunction(Expression definition)
{
    public const string Argument = "x";

    private const int BlockLength = 256;

    private readonly Lazy<CompiledExpression[]> _orders = new(() => Compile(definition));

    public Expression Apply(Expression argument) =>
        definition.Substitute(new Dictionary<string, Expression>(StringComparer.Ordinal) { [Argument] = argument });

    public bool IsFinite(double x, int highestOrder)
    {
        double y = 0;
        for (int order = 0; order <= highestOrder; order++)
        {
            _orders.Value[order].Evaluate(new(in x), new(ref y));
            if (!double.IsFinite(y))
                return false;
        }

        return true;
    }

    public void Evaluate<T>(ReadOnlySpan<T> x, int order, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CompiledExpression compiled = _orders.Value[order];
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

    private static CompiledExpression[] Compile(Expression definition)
    {
        var orders = new CompiledExpression[4];
        for (int order = 0; order < orders.Length; order++)
        {
            orders[order] = definition.Compile([Argument]);
            definition = definition.Differentiate(Argument);
        }

        return orders;
    }
}
