using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Data.Images;
using KanSharp.Networks.Images;

namespace KanSharp.Training;

/// <summary>Trains networks on images: batches are normalised and augmented ahead of the steps, and the epoch with the best accuracy on validation images is kept.</summary>
public static class ImageTrainer
{
    /// <summary>Trains a network in place.</summary>
    /// <param name="network">The network; when the method returns it is the best that was seen, whatever ended the training.</param>
    /// <param name="train">Images to train on.</param>
    /// <param name="validation">Images to choose the best epoch by, never augmented; null chooses by the training images.</param>
    /// <param name="options">How to train; cross-entropy is the loss.</param>
    /// <param name="normalization">What is done to pixels; mean 0.5 and deviation 0.5 (pixels in [−1, 1]) if null.</param>
    /// <param name="augmentation">Random changes of the training images; none if null.</param>
    /// <param name="progress">Receives reports, on the training thread; its first metric is the accuracy.</param>
    /// <param name="hooks">Checkpoints and a state to go on from; its metrics and selection are replaced.</param>
    /// <param name="cancellation">Stops training before the next step; the result is then the best so far, no exception.</param>
    /// <exception cref="ArgumentException">Images, options and network do not fit together.</exception>
    public static ImageFit<T> Fit<T>(
        ImageNetwork<T> network,
        ImageSet train,
        ImageSet? validation,
        FitOptions? options = null,
        ImageNormalization? normalization = null,
        ImageAugmentation? augmentation = null,
        IProgress<TrainingProgress>? progress = null,
        FitHooks<T>? hooks = null,
        CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(train);
        var model = new ImageModel<T>(network, normalization ?? ImageNormalization.Half, train.ClassNames);
        model.Check(train);
        if (validation is not null)
        {
            model.Check(validation);
            if (!validation.ClassNames.SequenceEqual(train.ClassNames))
                throw new ArgumentException($"The validation images have the classes {string.Join(", ", validation.ClassNames)}; those to train on have {string.Join(", ", train.ClassNames)}.", nameof(validation));
        }

        options ??= new FitOptions();
        options = options with { EvaluationBatch = Math.Min(options.EvaluationBatch, ImageModel<T>.PieceOf(train.ImageSize)) };
        var data = TrainingData<T>.From(
            new ImageSource<T>(train, model.Normalization, augmentation),
            validation is null ? null : new ImageSource<T>(validation, model.Normalization));
        var error = new Metric<T>("error", (outputs, samples) => 1 - Accuracy(outputs, samples.Labels));
        hooks = (hooks ?? new FitHooks<T>()) with { Metrics = [new Metric<T>("accuracy", (outputs, samples) => Accuracy(outputs, samples.Labels))], Selection = error };
        return new ImageFit<T>(model, Trainer.Fit(network, data, options, progress, hooks, cancellation));
    }

    private static double Accuracy<T>(Tensor<T> outputs, ReadOnlySpan<int> labels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int right = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            ReadOnlySpan<T> scores = outputs.Row(row);
            int best = 0;
            for (int index = 1; index < scores.Length; index++)
            {
                if (scores[index] > scores[best])
                    best = index;
            }

            right += best == labels[row] ? 1 : 0;
        }

        return (double)right / labels.Length;
    }
}
