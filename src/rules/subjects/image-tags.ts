/** What the tag of an image promises: one build for good, or whatever its publisher gives that name today. */
import { imageTags } from '../../knowledge/manifests/image-tags.js'
import { imageRepository } from '../../system/manifests/images.js'

export function imageTagFields(image: string | null): object {
  const tag = tagOf(image)
  const isOfRelease = imageTags().releaseImages.some((reference) => reference.test(image ?? ''))
  return {
    imageTag: tag,
    imageDigest: image?.includes('@sha256:') ?? false,
    tagMoves: tag !== null && isMoving(tag),
    tagIsMajor: tag !== null && isMajor(tag),
    imageIsOfficial: isOfficial(image),
    imageOfRelease: isOfRelease,
  }
}

/** It says no version that a release could keep. */
export function isPlaceholder(image: string | null): boolean {
  const tag = tagOf(image)
  return !(image?.includes('@sha256:') ?? false) && (tag === null || isMoving(tag))
}

/** `registry:5000/team/api:1.2@sha256:…` → `1.2`. */
function tagOf(image: string | null): string | null {
  return /:([^:/@]+)(@|$)/.exec(image ?? '')?.[1] ?? null
}

/** `stable-alpine`, `alpine3.18`: no word of it is a version of what it holds. */
function isMoving(tag: string): boolean {
  const { moving } = imageTags()
  return wordsOf(tag).every((word) => moving.includes(word) || isBase(word))
}

/** `12`, `v2-alpine`. */
function isMajor(tag: string): boolean {
  const [version, ...others] = wordsOf(tag)
  return new RegExp(`^(?:${imageTags().major})$`).test(version!) && others.every(isBase)
}

function isBase(word: string): boolean {
  return new RegExp(`^(?:${imageTags().bases.join('|')})$`).test(word)
}

function wordsOf(tag: string): string[] {
  return tag.toLowerCase().split('-')
}

/** An official image of Docker names no publisher. */
function isOfficial(image: string | null): boolean {
  const { officialRegistries, officialPublishers } = imageTags()
  const parts = (imageRepository(image) ?? '').split('/')
  const path = officialRegistries.includes(parts[0]!) ? parts.slice(1) : parts
  return path.length === 1 || (path.length === 2 && officialPublishers.includes(path[0]!))
}
