namespace EdgeRnn.Runtime;

/// <summary>The ways to multiply packed weights. All give the same bits.</summary>
internal enum QuantizedKernel
{
    /// <summary>No vectors: the portable loops.</summary>
    None,

    /// <summary>16-bit products added in pairs, vectors of 128 bits: SSE2, AdvSimd.</summary>
    Pairs128,

    /// <summary>The same with 256 bits: AVX2.</summary>
    Pairs256,

    /// <summary>The same with 512 bits: AVX-512BW.</summary>
    Pairs512,

    /// <summary>8-bit products added in fours, high and low byte of the inputs one after the other, 128 bits: arm64 Dp.</summary>
    Bytes128,

    /// <summary>The same with 256 bits: AVX-VNNI.</summary>
    Bytes256,
}
