using KanSharp.Autodiff;

namespace KanSharp.Equations.Solving;

/// <summary>
/// How an unknown is made of a network's output v at some points: u = lift + distance·v, so that conditions hold whatever v is (Lagaris, Likas and Fotiadis,
/// "Artificial neural networks for solving ordinary and partial differential equations", 1998). For every derivative of a jet shape one number a point; null
/// where it vanishes.
/// </summary>
/// <param name="Lift">Takes the prescribed values; null where there are none.</param>
/// <param name="Distance">Vanishes where values are prescribed; null for 1 everywhere.</param>
internal sealed record FieldParts(double[]?[]? Lift, double[]?[]? Distance)
{
    /// <summary>The unknown as a jet, from the network's output.</summary>
    /// <param name="output">The output's column with its derivatives.</param>
    /// <param name="start">First point.</param>
    /// <param name="count">Number of points.</param>
    public Jet<double> Of(Jet<double> output, int start, int count)
    {
        Jet<double> scaled = Distance is null ? output : Given(output, Distance, start, count) * output;
        return Lift is null || !Array.Exists(Lift, part => part is not null) ? scaled : scaled + Given(output, Lift, start, count);
    }

    private static Jet<double> Given(Jet<double> like, double[]?[] parts, int start, int count)
    {
        Tape<double> tape = like.Value.Tape;
        var nodes = new Node<double>?[parts.Length];
        for (int index = 0; index < nodes.Length; index++)
        {
            if (parts[index] is { } values)
                nodes[index] = tape.Constant(values.AsSpan(start, count), new Shape(count, 1)).Node;
        }

        nodes[0] ??= tape.Constant(new double[count], new Shape(count, 1)).Node;
        return Jet<double>.Of(like.Shape, nodes);
    }
}
