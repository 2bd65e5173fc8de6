using KanSharp.Autodiff;
using KanSharp.Equations.Domains;
using KanSharp.Symbolics;

namespace KanSharp.Equations;

/// <summary>A boundary, initial or interface condition: a residual that is to be zero on sides of the domain or at single points, or periodicity.</summary>
public sealed class Condition
{
    private Condition(string place, IReadOnlyList<Side> sides, Tensor<double>? points, Residual? residual, double weight) =>
        (Place, Sides, Points, Residual, Weight) = (place, sides, points, residual, weight);

    /// <summary>Where it holds, in words.</summary>
    public string Place { get; }

    /// <summary>The sides on which it holds; empty for points.</summary>
    public IReadOnlyList<Side> Sides { get; }

    /// <summary>The points [N, d] at which it holds; null for sides.</summary>
    public Tensor<double>? Points { get; }

    /// <summary>What is to be zero; null for periodicity.</summary>
    public Residual? Residual { get; }

    /// <summary>Weight of its mean square in the loss where it is not built in (default 1).</summary>
    public double Weight { get; }

    /// <summary>Whether the unknowns take the same values and derivatives on these sides and on those opposite.</summary>
    public bool IsPeriodic => Residual is null;

    /// <summary>A residual that is zero on sides: Dirichlet (<c>u = 0</c>), Neumann (<c>n_x*u_x + n_y*u_y = 0</c>), Robin or any other.</summary>
    /// <param name="sides">At least one side of the domain.</param>
    /// <param name="residual">What is to be zero.</param>
    /// <param name="weight">Weight of its mean square in the loss; positive.</param>
    public static Condition On(IEnumerable<Side> sides, Residual residual, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(residual);
        Side[] own = [.. sides];
        if (own.Length == 0)
            throw new ArgumentException("A condition holds on one side at least.", nameof(sides));
        return new Condition(string.Join(", ", own.Select(side => side.Name)), own, null, residual, Positive(weight));
    }

    /// <summary>A residual that is zero at single points, anywhere in the domain.</summary>
    /// <param name="points">[N, d].</param>
    /// <param name="residual">What is to be zero.</param>
    /// <param name="weight">Weight of its mean square in the loss; positive.</param>
    public static Condition At(Tensor<double> points, Residual residual, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(residual);
        if (points.Shape.Rank != 2 || points.Shape[0] == 0)
            throw new ArgumentException($"Points have shape [N, dimension] with N of at least 1, not {points.Shape}.", nameof(points));
        return new Condition(Places(points), [], points, residual, Positive(weight));
    }

    /// <summary>All unknowns are periodic between a flat side and the one opposite; built in exactly.</summary>
    /// <param name="side">One of the two sides.</param>
    public static Condition Periodic(Side side)
    {
        ArgumentNullException.ThrowIfNull(side);
        return side is { Opposite: not null, Axis: not null }
            ? new Condition($"{side.Name} and {side.Opposite.Name}", [side, side.Opposite], null, null, 1)
            : throw new ArgumentException($"The side '{side}' has no side opposite; periodicity holds between two parallel flat sides.", nameof(side));
    }

    /// <summary>
    /// The unknown or derivative whose value the condition fixes, and the value as an expression of the variables, where it is of the form c·u_α = g(x).
    /// </summary>
    internal (FieldDerivative Derivative, Expression Value)? Fixes(ProblemNames names)
    {
        if (Residual?.Expression is not { } expression)
            return null;
        (string Name, FieldDerivative Derivative)? found = null;
        foreach (string name in expression.Variables)
        {
            if (names.Axis(name) >= 0)
                continue;
            if (found is not null || !names.TryDerivative(name, out FieldDerivative derivative))
                return null;
            found = (name, derivative);
        }

        if (found is not { } unknown || expression.Differentiate(unknown.Name).Simplify() is not { Variables.Count: 0 } slope || slope.Evaluate() is not (> 0 or < 0))
            return null;
        Expression rest = expression.Substitute(new Dictionary<string, Expression> { [unknown.Name] = Expression.Zero });
        return (unknown.Derivative, (-rest / slope).Simplify());
    }

    /// <inheritdoc/>
    public override string ToString() => IsPeriodic ? $"periodic between {Place}" : $"{Residual} on {Place}";

    /// <summary>Up to three points by their coordinates, more by their number and the first.</summary>
    private static string Places(Tensor<double> points)
    {
        string Point(int row) => $"({string.Join(", ", points.Row(row).ToArray().Select(value => value.ToString("G6", System.Globalization.CultureInfo.InvariantCulture)))})";
        int count = points.Shape[0];
        return count <= 3 ? string.Join(", ", Enumerable.Range(0, count).Select(Point)) : $"{count} points from {Point(0)} on";
    }

    private static double Positive(double weight) => weight > 0 && double.IsFinite(weight)
        ? weight
        : throw new ArgumentOutOfRangeException(nameof(weight), weight, "A weight is a positive finite number.");
}
