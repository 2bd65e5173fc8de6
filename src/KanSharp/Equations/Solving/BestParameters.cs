using KanSharp.Autodiff;

namespace KanSharp.Equations.Solving;

/// <summary>Keeps the parameters with the lowest loss of solvers that may also go up.</summary>
internal sealed class BestParameters(IReadOnlyList<Parameter<double>> parameters)
{
    private readonly double[][] _best = [.. parameters.Select(parameter => new double[parameter.Shape.Count])];
    private readonly double[][] _present = [.. parameters.Select(parameter => new double[parameter.Shape.Count])];

    /// <summary>The lowest loss; +∞ where nothing is kept.</summary>
    public double Loss { get; private set; } = double.PositiveInfinity;

    /// <summary>Forgets all, because the parameters mean something else now.</summary>
    public void Forget() => Loss = double.PositiveInfinity;

    /// <summary>Copies the present parameters, before a step tells what their loss is.</summary>
    public void Remember()
    {
        for (int index = 0; index < _present.Length; index++)
            parameters[index].Value.Span.CopyTo(_present[index]);
    }

    /// <summary>Takes the loss of the parameters remembered last.</summary>
    public void Judge(double loss)
    {
        if (!(loss < Loss))
            return;
        Loss = loss;
        for (int index = 0; index < _best.Length; index++)
            _present[index].CopyTo(_best[index], 0);
    }

    /// <summary>Puts the best parameters back unless the present ones, with the given loss, are as good.</summary>
    public void Restore(double loss)
    {
        if (double.IsPositiveInfinity(Loss) || loss <= Loss)
            return;
        for (int index = 0; index < _best.Length; index++)
            _best[index].CopyTo(parameters[index].Value.Span);
    }
}
