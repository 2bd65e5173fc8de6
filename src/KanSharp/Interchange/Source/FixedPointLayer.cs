using KanSharp.Interchange.Lowering;

namespace KanSharp.Interchange.Source;

/// <summary>A layer whose every edge is a function of one number, what stands between layers included.</summary>
/// <param name="Inputs">Its inputs.</param>
/// <param name="Outputs">Its sums.</param>
/// <param name="Columns">For the first layer the column of each input; null later.</param>
/// <param name="Bias">[O].</param>
/// <param name="Add">Adds the values of the edges of an input at a place to sums, one for each output.</param>
internal sealed record FixedPointLayer(int Inputs, int Outputs, IReadOnlyList<int>? Columns, double[] Bias, FixedPointLayer.Edges Add)
{
    public delegate void Edges(int input, double x, Span<double> sums);

    /// <summary>A model as such layers: maps of single columns go into the edges that follow, those at the end into the last ones.</summary>
    /// <exception cref="NotSupportedException">The model has a step that is no sum of functions of one number.</exception>
    public static List<FixedPointLayer> Of(LoweredModel model)
    {
        List<FixedPointLayer> layers = [];
        IReadOnlyList<int> columns = [.. Enumerable.Range(0, model.Inputs)];
        Func<double, double>[] maps = Identity(model.Inputs);
        bool affine = true;
        foreach (LoweredStep step in model.Steps)
        {
            switch (step)
            {
                case SelectStep select when layers.Count == 0:
                    (columns, maps) = ([.. select.Columns.Select(column => columns[column])], [.. select.Columns.Select(column => maps[column])]);
                    break;
                case AffineStep or ActivationStep or NodeStep { Arities.Count: 0 }:
                    affine &= step is not ActivationStep;
                    maps = Then(maps, step);
                    break;
                case NodeStep:
                    throw new NotSupportedException("Product nodes have no tables: a network with them can not be written in fixed point. Train one without products, or write C in floating point.");
                case EdgeStep edges:
                    layers.Add(Layer(edges, layers.Count == 0 ? columns : null, maps));
                    (maps, affine) = (Identity(edges.Outputs), true);
                    break;
                case DenseStep dense:
                    Func<double, double>[] before = maps;
                    layers.Add(new FixedPointLayer(dense.Inputs, dense.Outputs, layers.Count == 0 ? columns : null, dense.Bias, (input, x, sums) =>
                    {
                        for (int output = 0; output < dense.Outputs; output++)
                            sums[output] += dense.Weight[(output * dense.Inputs) + input] * before[input](x);
                    }));
                    (maps, affine) = (Identity(dense.Outputs), true);
                    break;
                case ProbabilityStep:
                    break;
                default:
                    throw new NotSupportedException($"A step of the kind {step.GetType().Name} is no sum of functions of one number and has no tables; write C in floating point.");
            }
        }

        if (layers.Count == 0 || !affine)
            throw new NotSupportedException("The model does not end in a layer of edges and has no tables; write C in floating point.");
        layers[^1] = Scaled(layers[^1], maps);
        return layers;
    }

    private static FixedPointLayer Layer(EdgeStep step, IReadOnlyList<int>? columns, Func<double, double>[] maps)
    {
        if (step.Mapping.Any(map => map is RowNormStep) && step.Basis is not null)
            throw new NotSupportedException("LayerNorm mixes the columns of a row and has no tables; use batch normalisation or none, or write C in floating point.");
        Func<double, double>[] mapped = Identity(step.Inputs);
        foreach (LoweredStep map in step.Mapping.Where(map => map is not RowNormStep))
            mapped = Then(mapped, map);
        LoweredFunctions[] functions = [.. Enumerable.Range(0, step.Inputs).Select(input => new LoweredFunctions(step, input))];
        return new FixedPointLayer(step.Inputs, step.Outputs, columns, step.Bias, (input, x, sums) =>
        {
            double raw = maps[input](x);
            functions[input].Add(raw, mapped[input](raw), sums);
        });
    }

    /// <summary>The same sums, then an affine map of each.</summary>
    private static FixedPointLayer Scaled(FixedPointLayer layer, Func<double, double>[] maps)
    {
        double[] shift = Array.ConvertAll(maps, map => map(0)), factor = [.. maps.Select((map, output) => map(1) - shift[output])];
        return layer with
        {
            Bias = [.. layer.Bias.Select((bias, output) => (bias * factor[output]) + shift[output])],
            Add = (input, x, sums) =>
            {
                var own = new double[sums.Length];
                layer.Add(input, x, own);
                for (int output = 0; output < own.Length; output++)
                    sums[output] += own[output] * factor[output];
            },
        };
    }

    private static Func<double, double>[] Identity(int count) => [.. Enumerable.Repeat<Func<double, double>>(x => x, count)];

    private static Func<double, double>[] Then(Func<double, double>[] maps, LoweredStep step) => [.. maps.Select<Func<double, double>, Func<double, double>>((map, column) => step switch
    {
        AffineStep affine => x => ((map(x) - affine.Center[column]) * affine.Factor[column]) + affine.Shift[column],
        ActivationStep activation => x => activation.Function.Evaluate(map(x)),
        NodeStep nodes => x => (((map(x) * nodes.SubnodeScale[column]) + nodes.SubnodeBias[column]) * nodes.NodeScale[column]) + nodes.NodeBias[column],
        _ => throw new NotSupportedException($"A step of the kind {step.GetType().Name} has no tables."),
    })];
}
