using KanSharp.Autodiff;

namespace KanSharp.Tests.Autodiff;

public class GradientCheckTests
{
    [Fact]
    public void AWrongGradientIsNamed()
    {
        var weight = new Parameter<double>(Check.Sample<double>(new Shape(2, 3)));
        // Detaching one of two factors halves the gradient of w².
        GradientCheckResult result = GradientCheck.Run(
            x => x * (x.Tape.Use(weight) * x.Tape.Use(weight).Detach()), Check.Sample<double>(new Shape(3), 2), [("layer.weight", weight)]);
        Assert.False(result.Passed);
        Assert.StartsWith("layer.weight[", result.Worst, StringComparison.Ordinal);
        Assert.Equal(0.5, result.Analytic / result.Numeric, 1e-6);
        Assert.Equal(9, result.Checked);
        Assert.Contains("FAILED", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingPartIsFoundInFloat()
    {
        GradientCheckResult result = GradientCheck.Run(x => x * x.Mean().Detach(), Check.Sample<float>(new Shape(4), 2));
        Assert.False(result.Passed);
        Assert.StartsWith("input[", result.Worst, StringComparison.Ordinal);
    }

    [Fact]
    public void ParametersAreLeftAsTheyWere()
    {
        var weight = new Parameter<double>(Check.Sample<double>(new Shape(3)));
        double[] before = weight.Value.Span.ToArray();
        weight.Gradient[1] = 7;
        Check.Passed(GradientCheck.Run(x => x * weight, Check.Sample<double>(new Shape(3), 2), [("weight", weight)]));
        Assert.Equal(before, weight.Value.Span.ToArray());
        Assert.Equal([0, 7, 0], weight.Gradient.ToArray());
    }

    [Fact]
    public void AFrozenParameterGetsNoGradient()
    {
        var weight = new Parameter<double>(Check.Sample<double>(new Shape(3))) { Trainable = false };
        Check.Passed(GradientCheck.Run(x => x * weight, Check.Sample<double>(new Shape(3), 2), [("weight", weight)]));
    }

    [Fact]
    public void AKinkAwayFromThePointDoesNotDisturb() =>
        Check.Gradients(x => x.Abs(), Tensor<double>.From(3e-6, -1e-6, 1e-5));

    [Fact]
    public void AWrongJetIsFound()
    {
        GradientCheckResult result = GradientCheck.RunJet(
            jet => new Jet<double>(jet.Value.Square(), jet.Value * jet.Derivative), Check.Sample<double>(new Shape(2, 2)));
        Assert.False(result.Passed);
        Assert.StartsWith("derivative element", result.Worst, StringComparison.Ordinal);
    }
}
