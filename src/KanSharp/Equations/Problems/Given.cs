using KanSharp.Autodiff;
using KanSharp.Equations.Domains;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Problems;

/// <summary>Short forms for problems whose solution is known.</summary>
internal static class Given
{
    /// <summary>The known solution of one unknown.</summary>
    public static IReadOnlyDictionary<string, Expression> Known(string unknown, Expression exact) => new Dictionary<string, Expression> { [unknown] = exact };

    /// <summary>The square [low, high]² of x and y.</summary>
    public static Box Square(double low, double high) => new(("x", low, high), ("y", low, high));

    /// <summary>An interval of x from time 0 on.</summary>
    public static TimeDomain Line(double low, double high, double end) => new(new Interval("x", low, high), 0, end);

    /// <summary>A condition on all sides that a name stands for.</summary>
    public static Condition On(Domain domain, string sides, Residual residual) => Condition.On(domain.FindSides(sides), residual);

    /// <summary>A condition at one point.</summary>
    public static Condition At(double[] point, Residual residual) => Condition.At(new Tensor<double>(new Shape(1, point.Length), point), residual);

    /// <summary>A function of fewer variables: one of them has a value.</summary>
    public static Expression Fix(Expression function, string variable, double value) =>
        function.Substitute(new Dictionary<string, Expression> { [variable] = Expression.Number(value) }).Simplify();

    /// <summary>An unknown or derivative, by name, that takes the values of a function.</summary>
    public static Residual Equal(string name, Expression function) => Residual.Of(Expression.Variable(name) - function, $"{name} = {function}");
}
