using KanSharp.Interchange.Lowering;
using KanSharp.Numerics;

namespace KanSharp.Interchange.Source;

/// <summary>How the numeric edges of a layer are written.</summary>
internal enum EdgeForm
{
    /// <summary>There are none.</summary>
    None,

    /// <summary>Loops over all inputs and outputs: at least half of the edges are there.</summary>
    Dense,

    /// <summary>A line for every edge: less than half are there, and no more than <see cref="EdgePlan.MostLines"/>.</summary>
    Lines,

    /// <summary>A loop over a list of edges: less than half, and more than that.</summary>
    List,
}

/// <summary>The edges of a layer that are not zero, and the tables for them alone.</summary>
internal sealed class EdgePlan
{
    /// <summary>Most edges that get a line of their own.</summary>
    public const int MostLines = 64;

    public EdgePlan(EdgeStep step)
    {
        Step = step;
        int inputs = step.Inputs, outputs = step.Outputs;
        Count = step.Basis is null ? 0 : step.Coefficients.Length / (inputs * outputs);
        for (int input = 0; input < inputs; input++)
        {
            for (int output = 0; output < outputs; output++)
            {
                if (IsActive(input, output))
                    Edges.Add((input, output));
            }
        }

        Form = Edges.Count == 0 ? EdgeForm.None : 2 * Edges.Count >= inputs * outputs ? EdgeForm.Dense : Edges.Count <= MostLines ? EdgeForm.Lines : EdgeForm.List;
        Rows = Form == EdgeForm.Dense ? [.. Enumerable.Range(0, inputs)] : [.. Edges.Select(edge => edge.Input).Distinct()];
    }

    public EdgeStep Step { get; }

    /// <summary>Functions of an input.</summary>
    public int Count { get; }

    public EdgeForm Form { get; }

    /// <summary>Edges that are not zero, by input and then by output.</summary>
    public List<(int Input, int Output)> Edges { get; } = [];

    /// <summary>Inputs for which tables are written, in their order.</summary>
    public int[] Rows { get; }

    /// <summary>Whether there is a base branch.</summary>
    public bool HasBase => Step.BaseActivation is { } activation && activation != Activation.Zero && Step.BaseWeight.Any(weight => weight != 0);

    /// <summary>The coefficients of an edge, [N].</summary>
    public double[] Coefficients(int input, int output) => [.. Enumerable.Range(0, Count).Select(n => Step.Coefficients[(((input * Count) + n) * Step.Outputs) + output])];

    public double BaseWeight(int input, int output) => HasBase ? Step.BaseWeight[(input * Step.Outputs) + output] : 0;

    /// <summary>The functions of the inputs in <see cref="Rows"/>.</summary>
    public LoweredBasis Basis() => Step.Basis switch
    {
        SplineBasis spline => spline with { Knots = Chosen(spline.Knots) },
        BumpFunctions bumps => bumps with { Low = Chosen(bumps.Low), High = Chosen(bumps.High), Height = Chosen(bumps.Height) },
        WaveFunctions waves => waves with { Phase = Chosen(waves.Phase) },
        RationalFunction rational => rational with { Group = [.. Rows.Select(input => rational.Group[input])] },
        LoweredBasis other => other,
        null => throw new InvalidOperationException("The layer has no numeric edges."),
    };

    private double[] Chosen(double[] rows)
    {
        int width = rows.Length / Step.Inputs;
        return Rows.Length == Step.Inputs ? rows : [.. Rows.SelectMany(input => rows.Skip(input * width).Take(width))];
    }

    private bool IsActive(int input, int output)
    {
        if (BaseWeight(input, output) != 0)
            return true;
        for (int n = 0; n < Count; n++)
        {
            if (Step.Coefficients[(((input * Count) + n) * Step.Outputs) + output] != 0)
                return true;
        }

        return false;
    }
}
