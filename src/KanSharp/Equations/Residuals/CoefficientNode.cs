using KanSharp.Autodiff;

namespace KanSharp.Equations.Residuals;

/// <summary>A single number as a column [N, 1]: an unknown coefficient of an equation.</summary>
internal sealed class CoefficientNode : Node<double>, IRowwiseParameters<double>
{
    private Node<double> _parameter = null!;
    private int _run;

    public bool IsLinear => false;

    public static Var<double> Record(Tape<double> tape, Parameter<double> parameter, int count)
    {
        Node<double> use = tape.Use(parameter).Node;
        var node = tape.Add<CoefficientNode>();
        node._parameter = use;
        node.Initialize(new Shape(count, 1), use.RequiresGradient);
        node.Value.Span.Fill(parameter.Value[0]);
        return new Var<double>(node);
    }

    public override void Backward()
    {
        if (!_parameter.RequiresGradient)
            return;
        double sum = 0;
        foreach (double value in Gradient.Span)
            sum += value;
        _parameter.GradientSum()[0] += sum;
    }

    public void DeclareRuns(JacobianLayout<double> layout) =>
        _run = _parameter is ParameterNode<double> { Parameter.Trainable: true } use ? layout.Declare(use, 0, 1, 1, 1) : -1;

    public void AddRuns(JacobianRows rows)
    {
        for (int row = 0; row < Shape[0] && _run >= 0; row++)
            rows.Run(row, _run, 0)[0] += Gradient.Span[row];
    }
}
