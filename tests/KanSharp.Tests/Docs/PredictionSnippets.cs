using KanSharp.Autodiff;
using KanSharp.Networks;

namespace KanSharp.Tests.Docs;

/// <summary>The C# blocks of docs/prediction.md.</summary>
public sealed class PredictionSnippets : SnippetTestBase
{
    [Fact]
    public void Predict()
    {
        // begin snippet: predict
        KanNetwork<float> network = KanNetwork<float>.Create([4, 5, 1], seed: 0);
        float[] y = new float[2];
        network.Predict([0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f], y); // two rows of four features
        Tensor<float> origin = network.Predict(new Tensor<float>(new Shape(1, 4)));
        // end snippet
        Assert.All(y, value => Assert.True(float.IsFinite(value) && value != 0));
        Assert.Equal(new Shape(1, 1), origin.Shape);
    }
}
