using KanSharp.Autodiff;
using KanSharp.Equations.Domains;
using KanSharp.Symbolics;

namespace KanSharp.Equations.Text;

/// <summary>Where a condition holds.</summary>
/// <param name="Sides">Sides; empty for a point.</param>
/// <param name="Point">A point; null for sides.</param>
internal sealed record Place(IReadOnlyList<Side> Sides, double[]? Point)
{
    /// <summary>Whether both are the same.</summary>
    public bool Same(Place other) => Sides.SequenceEqual(other.Sides) && (Point is null ? other.Point is null : other.Point is not null && Point.AsSpan().SequenceEqual(other.Point));

    /// <summary>The condition that a residual vanishes here.</summary>
    public Condition Condition(Residual residual) => Point is null
        ? Equations.Condition.On(Sides, residual)
        : Equations.Condition.At(new Tensor<double>(new Shape(1, Point.Length), [.. Point]), residual);
}

/// <summary>
/// Reads what stands in the brackets of <c>u(x=-1)</c>: a coordinate of a side, all coordinates of a point, coordinates in order (<c>u(0,t)</c>, <c>y(-4)</c>), or the
/// name of a side.
/// </summary>
internal static class PlaceReader
{
    /// <summary>The place; null where every variable is free.</summary>
    public static Place? Read(TextPart part, Domain domain)
    {
        if (part.IsBlank)
            throw part.Error("the brackets are empty; expected a place such as " + Example(domain));
        List<TextPart> arguments = part.Split(',');
        bool named = arguments.Exists(argument => argument.Text.Contains('=', StringComparison.Ordinal));
        if (!named && (arguments.Count != domain.Dimension || (arguments.Count == 1 && Number(arguments[0]) is null && arguments[0].Text != domain.Variables[0])))
        {
            return arguments.Count == 1
                ? new Place(Sides(part, domain, part.Text), null)
                : throw part.Error($"{arguments.Count} coordinates for {domain.Dimension} variables ({string.Join(", ", domain.Variables)}); expected a place such as {Example(domain)}");
        }

        var fixedTo = new double?[domain.Dimension];
        for (int index = 0; index < arguments.Count; index++)
        {
            (int axis, TextPart value) = named ? Named(arguments[index], domain) : (index, arguments[index]);
            if (fixedTo[axis] is not null)
                throw arguments[index].Error($"'{domain.Variables[axis]}' is given twice");
            if (value.Text == domain.Variables[axis])
                continue;
            fixedTo[axis] = Number(value) ?? throw value.Error($"'{value.Text}' is no coordinate of {domain.Variables[axis]}; expected a number, or {domain.Variables[axis]} itself where it is free");
        }

        return Locate(part, domain, fixedTo);
    }

    private static Place? Locate(TextPart part, Domain domain, double?[] fixedTo)
    {
        int[] axes = [.. Enumerable.Range(0, fixedTo.Length).Where(axis => fixedTo[axis] is not null)];
        if (axes.Length == 0)
            return null;
        Side[] sides = [.. domain.Sides.Where(side => side.Axis == axes[0] && Math.Abs(side.Value!.Value - fixedTo[axes[0]]!.Value) <= 1e-12 * domain.Scale(axes[0]))];
        if (axes.Length == 1 && sides.Length > 0)
            return new Place(sides, null);
        if (axes.Length < domain.Dimension)
        {
            throw part.Error(axes.Length == 1
                ? $"'{part.Text}' is no side of the domain; sides are {string.Join(", ", domain.Sides)}, and a point has all of {string.Join(", ", domain.Variables)}"
                : $"'{part.Text}' is neither a side nor a point; a side has one coordinate, a point all of {string.Join(", ", domain.Variables)}");
        }

        double[] point = [.. fixedTo.Select(value => value!.Value)];
        return domain.Contains(point) ? new Place([], point) : throw part.Error($"the point ({part.Text}) lies outside the domain {domain}");
    }

    private static (int Axis, TextPart Value) Named(TextPart argument, Domain domain)
    {
        List<TextPart> sides = argument.Split('=');
        if (sides.Count != 2)
            throw argument.Error($"'{argument.Text}' is no coordinate; expected one such as {domain.Variables[0]}=0");
        int axis = domain.Variables.ToList().IndexOf(sides[0].Text);
        return axis >= 0 ? (axis, sides[1]) : throw argument.Error($"'{sides[0].Text}' is no variable of the domain; variables are {string.Join(", ", domain.Variables)}");
    }

    private static IReadOnlyList<Side> Sides(TextPart part, Domain domain, string name)
    {
        try
        {
            return domain.FindSides(name);
        }
        catch (ArgumentException)
        {
            throw part.Error($"'{part.Text}' is no side of the domain; sides are {string.Join(", ", domain.Sides)}, and together 'boundary'");
        }
    }

    /// <summary>The value of an expression without names; null for another text.</summary>
    public static double? Number(TextPart part)
    {
        try
        {
            Expression value = Expression.Parse(part.Text);
            return value.Variables.Count == 0 && value.Evaluate() is double number && double.IsFinite(number) ? number : null;
        }
        catch (ExpressionFormatException)
        {
            return null;
        }
    }

    private static string Example(Domain domain) => domain.Sides.FirstOrDefault(side => side.Axis is not null)?.Name ?? "boundary";
}
