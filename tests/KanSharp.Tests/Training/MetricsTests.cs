using KanSharp.Autodiff;
using KanSharp.Training;

namespace KanSharp.Tests.Training;

public class MetricsTests
{
    [Fact]
    public void Regression_metrics_follow_their_definitions()
    {
        RegressionMetrics metrics = RegressionMetrics.Of<double>([2.5, 0.0, 2, 8], [3, -0.5, 2, 7]);
        Assert.Equal(Math.Sqrt(0.375), metrics.Rmse, 1e-15);
        Assert.Equal(0.5, metrics.Mae, 1e-15);
        Assert.Equal(0.9486081370449679, metrics.R2, 1e-14);
        Assert.Equal(metrics.R2, RegressionMetrics.Of<float>([2.5f, 0, 2, 8], [3, -0.5f, 2, 7]).R2, 1e-6);
    }

    [Fact]
    public void Several_targets_are_averaged()
    {
        RegressionMetrics metrics = RegressionMetrics.Of<double>([1, 10, 2, 20, 4, 30], [1, 11, 2, 19, 3, 30], targets: 2);
        Assert.Equal(Math.Sqrt(1 / 3.0), metrics.PerTarget[0].Rmse, 1e-15);
        Assert.Equal(Math.Sqrt(2 / 3.0), metrics.PerTarget[1].Rmse, 1e-15);
        Assert.Equal(Math.Sqrt(0.5), metrics.Rmse, 1e-15);
        Assert.Equal(0.5, metrics.Mae, 1e-15);
        Assert.Equal(0.5, metrics.PerTarget[0].R2, 1e-15);
        Assert.Equal((metrics.PerTarget[0].R2 + metrics.PerTarget[1].R2) / 2, metrics.R2, 1e-15);
    }

    [Fact]
    public void A_constant_target_has_a_defined_score()
    {
        Assert.Equal(1, RegressionMetrics.Of<double>([4, 4], [4, 4]).R2);
        Assert.Equal(0, RegressionMetrics.Of<double>([4, 5], [4, 4]).R2);
        Assert.Equal(0, RegressionMetrics.Of<double>([2, 2, 2], [1, 2, 3]).R2);
    }

    [Fact]
    public void Classification_metrics_follow_their_definitions()
    {
        double[] probabilities = [0.7, 0.2, 0.1, 0.3, 0.4, 0.3, 0.1, 0.1, 0.8, 0.5, 0.25, 0.25];
        ClassificationMetrics metrics = ClassificationMetrics.Of<double>(probabilities, 3, [0, 1, 2, 1]);
        Assert.Equal(0.75, metrics.Accuracy);
        Assert.Equal([1, 0, 0], metrics.Confusion[0]);
        Assert.Equal([1, 1, 0], metrics.Confusion[1]);
        Assert.Equal([0, 0, 1], metrics.Confusion[2]);
        Assert.Equal(0.5, metrics.PerClass[0].Precision);
        Assert.Equal(0.5, metrics.PerClass[1].Recall);
        Assert.Equal(2, metrics.PerClass[1].Samples);
        Assert.Equal((2 / 3.0 + 2 / 3.0 + 1) / 3, metrics.MacroF1, 1e-15);
        Assert.Equal(-(Math.Log(0.7) + Math.Log(0.4) + Math.Log(0.8) + Math.Log(0.25)) / 4, metrics.LogLoss, 1e-15);
    }

    [Fact]
    public void Classes_that_do_not_occur_do_not_count()
    {
        ClassificationMetrics metrics = ClassificationMetrics.Of<double>([1, 0, 0, 0, 1, 0], 3, [0, 1]);
        Assert.Equal(1, metrics.MacroF1);
        Assert.Equal(0, metrics.LogLoss);
        Assert.Equal(-Math.Log(Math.Pow(2, -52)), ClassificationMetrics.Of<double>([0, 1], 2, [0]).LogLoss, 1e-12);
    }

    [Fact]
    public void One_column_is_the_second_class()
    {
        ClassificationMetrics one = ClassificationMetrics.Of<float>([0.9f, 0.2f, 0.6f], 1, [1, 0, 0]);
        ClassificationMetrics two = ClassificationMetrics.Of<float>([0.1f, 0.9f, 0.8f, 0.2f, 0.4f, 0.6f], 2, [1, 0, 0]);
        Assert.Equal(two.Accuracy, one.Accuracy);
        Assert.Equal(two.MacroF1, one.MacroF1);
        Assert.Equal(two.LogLoss, one.LogLoss, 1e-6);
    }

    [Fact]
    public void Metrics_of_outputs_apply_softmax_and_sigmoid()
    {
        var inputs = new Tensor<double>(new Shape(2, 1));
        var labelled = new TrainingData<double>(inputs, [1, 0]);
        ClassificationMetrics many = OutputMetrics.Classification(Tensor<double>.From(new double[,] { { 1, 3 }, { 0, -1 } }), labelled);
        double expected = (Math.Log(1 + Math.Exp(-2)) + Math.Log(1 + Math.Exp(-1))) / 2;
        Assert.Equal(expected, many.LogLoss, 1e-14);
        Assert.Equal(expected, OutputMetrics.Classification(Tensor<double>.From(new double[,] { { 2 }, { -1 } }), labelled).LogLoss, 1e-14);
        Assert.Equal(1, OutputMetrics.Accuracy<double>().Compute(Tensor<double>.From(new double[,] { { 2 }, { -1 } }), labelled));
        Assert.Equal(1, OutputMetrics.MacroF1<double>().Compute(Tensor<double>.From(new double[,] { { 2 }, { -1 } }), labelled));
        var valued = new TrainingData<double>(inputs, Tensor<double>.From(new double[,] { { 1 }, { 3 } }));
        var outputs = Tensor<double>.From(new double[,] { { 2 }, { 3 } });
        Assert.Equal(Math.Sqrt(0.5), OutputMetrics.Rmse<double>().Compute(outputs, valued), 1e-15);
        Assert.Equal(0.5, OutputMetrics.Mae<double>().Compute(outputs, valued), 1e-15);
        Assert.Equal(0.5, OutputMetrics.R2<double>().Compute(outputs, valued), 1e-15);
        Assert.Throws<ArgumentException>(() => OutputMetrics.Regression(outputs, labelled));
        Assert.Throws<ArgumentException>(() => OutputMetrics.Classification(outputs, valued));
    }

    [Fact]
    public void Misuse_is_refused()
    {
        Assert.Throws<ArgumentException>(() => RegressionMetrics.Of<double>([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => RegressionMetrics.Of<double>([], []));
        Assert.Throws<ArgumentException>(() => RegressionMetrics.Of<double>([1, 2, 3], [1, 2, 3], targets: 2));
        Assert.Throws<ArgumentException>(() => ClassificationMetrics.Of<double>([1, 0, 1], 2, [0]));
        Assert.Throws<ArgumentException>(() => ClassificationMetrics.Of<double>([], 2, []));
        Assert.Contains("sample 0 is 2", Assert.Throws<ArgumentOutOfRangeException>(() => ClassificationMetrics.Of<double>([1, 0], 2, [2])).Message);
    }
}
